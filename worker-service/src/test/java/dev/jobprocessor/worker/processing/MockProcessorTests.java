package dev.jobprocessor.worker.processing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MockProcessorTests {

    private static final Job JOB = new Job("6925f0a1c3b2a40f5d1e7a01", "prompt", 1);

    private final JsonMapper json = new JsonMapper();

    @Test
    void answersWhatAWorkflowWould() throws Exception {
        Outcome outcome = processor(Duration.ZERO, 0, 0).process(JOB);

        assertThat(outcome).isEqualTo(new Outcome.Completed(
                "{\"success\":true,\"message\":\"Processed job: 6925f0a1c3b2a40f5d1e7a01\",\"timestamp\":\"2026-11-24T09:30:20.000Z\"}"));
    }

    @Test
    void failsAtTheGivenRatio() throws Exception {
        assertThat(processor(Duration.ZERO, 1, 1).process(JOB)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void returnsMalformedResultsAtTheGivenRatio() throws Exception {
        Outcome.Completed outcome = (Outcome.Completed) processor(Duration.ZERO, 0, 1).process(JOB);

        assertThat(outcome.result()).contains(JOB.id());
        assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> this.json.readTree(outcome.result()));
    }

    @Test
    void stopsWhenInterrupted() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class)
            .isThrownBy(() -> processor(Duration.ofDays(1), 0, 0).process(JOB));
    }

    private MockProcessor processor(Duration delay, double failures, double malformed) {
        Clock clock = Clock.fixed(Instant.parse("2026-11-24T09:30:20Z"), ZoneOffset.UTC);
        return new MockProcessor(new MockProcessor.Settings(delay, failures, malformed), this.json, clock);
    }

}
