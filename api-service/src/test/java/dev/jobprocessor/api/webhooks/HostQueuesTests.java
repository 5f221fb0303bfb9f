package dev.jobprocessor.api.webhooks;

import java.time.Instant;

import dev.jobprocessor.api.webhooks.Delivery.Status;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HostQueuesTests {

    private final HostQueues queues = new HostQueues(2);

    @Test
    void asksForSoManyThreadsOfAHostAndNoMore() {
        assertThat(this.queues.add(to("a"))).isTrue();
        assertThat(this.queues.add(to("a"))).isTrue();
        assertThat(this.queues.add(to("a"))).isFalse();
        assertThat(this.queues.add(to("b"))).isTrue();
    }

    @Test
    void endsAThreadWhenNothingWaits() {
        this.queues.add(to("a"));
        assertThat(this.queues.next("a")).isNotNull();
        assertThat(this.queues.next("a")).isNull();
        assertThat(this.queues.add(to("a"))).isTrue();
    }

    @Test
    void hasRoomForSoManyOfAHost() {
        for (int i = 0; i < HostQueues.MAX_QUEUED; i++) {
            assertThat(this.queues.room("a")).isPositive();
            this.queues.add(to("a"));
        }
        assertThat(this.queues.room("a")).isZero();
        assertThat(this.queues.room("b")).isPositive();
        assertThat(this.queues.full()).containsExactly("a");
    }

    @Test
    void hasRoomForSoManyOfAllHosts() {
        for (int i = 0; i < HostQueues.MAX_TOTAL; i++) {
            assertThat(this.queues.room("another")).isPositive();
            this.queues.add(to("host" + i));
        }
        assertThat(this.queues.room("another")).isZero();
        assertThat(this.queues.clear()).hasSize(HostQueues.MAX_TOTAL);
        assertThat(this.queues.room("another")).isPositive();
    }

    private static Delivery to(String host) {
        return new Delivery("id", "job", null, "http://" + host, host, "job.completed", "{}", Status.PENDING,
                Instant.EPOCH, 0, Instant.EPOCH, null, null, null, null, null);
    }

}
