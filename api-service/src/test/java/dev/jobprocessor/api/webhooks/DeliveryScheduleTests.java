package dev.jobprocessor.api.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeliveryScheduleTests {

    private static final Instant NOW = Instant.parse("2026-11-24T09:30:00Z");

    private static final List<Duration> DELAYS = List.of(Duration.ofSeconds(5), Duration.ofMinutes(5));

    @Test
    void waitsLongerAfterEachAttemptUntilTheLast() {
        DeliverySchedule schedule = new DeliverySchedule(DELAYS, () -> 0);
        assertThat(schedule.nextAfter(1, NOW)).isEqualTo(NOW.plusSeconds(5));
        assertThat(schedule.nextAfter(2, NOW)).isEqualTo(NOW.plusSeconds(300));
        assertThat(schedule.nextAfter(3, NOW)).isNull();
    }

    @Test
    void waitsUpToAFifthLonger() {
        assertThat(new DeliverySchedule(DELAYS, () -> 1).nextAfter(2, NOW)).isEqualTo(NOW.plusSeconds(360));
    }

    @Test
    void triesOnceWithoutDelays() {
        assertThat(new DeliverySchedule(List.of(), () -> 0).nextAfter(1, NOW)).isNull();
    }

}
