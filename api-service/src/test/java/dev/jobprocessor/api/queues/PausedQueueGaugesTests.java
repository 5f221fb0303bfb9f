package dev.jobprocessor.api.queues;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import dev.jobprocessor.api.jobs.JobQueues;
import dev.jobprocessor.api.jobs.PausedQueues;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.dao.QueryTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class PausedQueueGaugesTests {

    private static final Instant NOW = Instant.parse("2026-11-24T09:30:00Z");

    private final PausedQueues paused = mock();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final PausedQueueGauges gauges = new PausedQueueGauges(this.paused, new JobQueues(List.of("llm")),
            Clock.fixed(NOW, ZoneOffset.UTC), mock(), this.meters);

    @Test
    void countsFromThePause() {
        given(this.paused.since()).willReturn(Map.of("llm", NOW.minusSeconds(3600)));
        this.gauges.read();
        assertThat(age("llm")).isEqualTo(3600);
        assertThat(age("default")).isZero();
    }

    @Test
    void knowsNothingWhileTheDatabaseIsUnavailable() {
        assertThat(age("llm")).isNaN();
        given(this.paused.since()).willReturn(Map.of()).willThrow(new QueryTimeoutException("unavailable"));
        this.gauges.read();
        assertThat(age("llm")).isZero();
        this.gauges.read();
        assertThat(age("llm")).isNaN();
    }

    private double age(String queue) {
        return this.meters.get("jobs.queue.paused.age").tag("queue", queue).gauge().value();
    }

}
