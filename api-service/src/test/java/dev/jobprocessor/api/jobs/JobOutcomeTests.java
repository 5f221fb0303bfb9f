package dev.jobprocessor.api.jobs;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JobOutcomeTests {

    @Test
    void keepsReasonUpToItsLimit() {
        String longest = "x".repeat(JobOutcome.MAX_ERROR_LENGTH);
        assertThat(JobOutcome.failed(JobFailure.REPORTED, longest).error()).isEqualTo(longest);
        assertThat(JobOutcome.failed(JobFailure.REPORTED, longest + "y").error()).isEqualTo(longest);
    }

    @Test
    void neverCutsReasonInsideACharacter() {
        String reason = "x".repeat(JobOutcome.MAX_ERROR_LENGTH - 1) + "🚀";
        assertThat(JobOutcome.failed(JobFailure.REPORTED, reason).error())
            .isEqualTo("x".repeat(JobOutcome.MAX_ERROR_LENGTH - 1));
    }

    @Test
    void refusesTooLargeResult() {
        assertThatExceptionOfType(ResultTooLarge.class)
            .isThrownBy(() -> JobOutcome.completed("x".repeat(JobResult.MAX_BYTES + 1)));
    }

}
