package dev.jobprocessor.api.jobs;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JobTests {

    @Test
    void saysThatResultsDifferWhereTheStatesAreTheSame() {
        assertThat(job(JobStatus.COMPLETED).contradictionBy(2, "COMPLETED"))
            .isEqualTo("Attempt 2 was reported COMPLETED again, but with a different result");
        assertThat(job(JobStatus.FAILED).contradictionBy(2, "FAILED"))
            .isEqualTo("Attempt 2 was reported FAILED again, but with a different error");
    }

    @Test
    void saysWhatItIsWhereThatIsNotWhatWasReported() {
        assertThat(job(JobStatus.COMPLETED).contradictionBy(1, "COMPLETED"))
            .isEqualTo("Attempt 1 was reported COMPLETED, but attempt 2 is COMPLETED");
        assertThat(job(JobStatus.COMPLETED).contradictionBy(2, "FAILED"))
            .isEqualTo("Attempt 2 was reported FAILED, but attempt 2 is COMPLETED");
    }

    private static Job job(JobStatus status) {
        Instant now = Instant.EPOCH;
        return new Job("id", JobRequest.of("prompt"), status, 2, 1, 3, now, now, now, now, null, now, now, null, null,
                null, "worker-1", null, null, null, null, null, null, null, List.of(), null, null);
    }

}
