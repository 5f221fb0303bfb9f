package dev.jobprocessor.api.stats;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import dev.jobprocessor.api.jobs.JobQueues;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.dao.QueryTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class QueueStatsGaugesTests {

    private static final Instant NOW = Instant.parse("2026-11-24T09:30:00Z");

    private final QueueStatsSnapshot snapshot = mock();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final QueueStatsGauges gauges = new QueueStatsGauges(this.snapshot, new JobQueues(List.of("llm")),
            Clock.fixed(NOW, ZoneOffset.UTC), mock(), this.meters);

    @Test
    void showsWhatWaitsInEachQueue() {
        given(this.snapshot.queues()).willReturn(List.of(stats("default", null), stats("llm", NOW.minusSeconds(90))));
        this.gauges.read();
        assertThat(jobs("waiting")).isEqualTo(4);
        assertThat(jobs("scheduled")).isEqualTo(3);
        assertThat(jobs("deferred")).isEqualTo(2);
        assertThat(jobs("running")).isEqualTo(1);
        assertThat(age("llm")).isEqualTo(90);
        assertThat(age("default")).isZero();
    }

    @Test
    void knowsNothingWhileTheDatabaseIsUnavailable() {
        assertThat(age("llm")).isNaN();
        given(this.snapshot.queues()).willReturn(List.of(stats("llm", null)))
            .willThrow(new QueryTimeoutException("unavailable"));
        this.gauges.read();
        assertThat(age("llm")).isZero();
        this.gauges.read();
        assertThat(age("llm")).isNaN();
        assertThat(jobs("waiting")).isNaN();
    }

    private static QueueStats stats(String queue, @Nullable Instant oldest) {
        return new QueueStats(queue, 4, 3, 2, 1, oldest, 0, 0, null, null, List.of());
    }

    private double jobs(String state) {
        return this.meters.get("jobs.queue.jobs").tag("queue", "llm").tag("state", state).gauge().value();
    }

    private double age(String queue) {
        return this.meters.get("jobs.queue.oldest.waiting.age").tag("queue", queue).gauge().value();
    }

}
