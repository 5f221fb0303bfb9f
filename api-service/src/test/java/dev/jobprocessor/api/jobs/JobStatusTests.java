package dev.jobprocessor.api.jobs;

import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.jobprocessor.api.jobs.JobStatus.CANCELLED;
import static dev.jobprocessor.api.jobs.JobStatus.COMPLETED;
import static dev.jobprocessor.api.jobs.JobStatus.FAILED;
import static dev.jobprocessor.api.jobs.JobStatus.PENDING;
import static org.assertj.core.api.Assertions.assertThat;

class JobStatusTests {

    @ParameterizedTest
    @CsvSource(textBlock = """
            PENDING,   PENDING,   false
            PENDING,   COMPLETED, true
            PENDING,   FAILED,    true
            PENDING,   CANCELLED, true
            COMPLETED, PENDING,   false
            COMPLETED, COMPLETED, false
            COMPLETED, FAILED,    false
            COMPLETED, CANCELLED, false
            FAILED,    PENDING,   true
            FAILED,    COMPLETED, false
            FAILED,    FAILED,    false
            FAILED,    CANCELLED, false
            CANCELLED, PENDING,   true
            CANCELLED, COMPLETED, false
            CANCELLED, FAILED,    false
            CANCELLED, CANCELLED, false
            """)
    void movesOnlyAsTheTableSays(JobStatus from, JobStatus to, boolean allowed) {
        assertThat(from.canBecome(to, null)).isEqualTo(allowed);
        assertThat(JobStatus.thatCanBecome(to).contains(from)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            REPORTED,       COMPLETED, false
            REPORT_REFUSED, COMPLETED, true
            TIMED_OUT,      COMPLETED, true
            UNDELIVERABLE,  COMPLETED, true
            REPORT_REFUSED, FAILED,    false
            TIMED_OUT,      FAILED,    false
            TIMED_OUT,      CANCELLED, false
            REPORTED,       PENDING,   true
            REPORT_REFUSED, PENDING,   true
            TIMED_OUT,      PENDING,   true
            """)
    void completesAfterAFailureThatNobodyReported(JobFailure failure, JobStatus to, boolean allowed) {
        assertThat(FAILED.canBecome(to, failure)).isEqualTo(allowed);
        assertThat(JobFailure.thatCanBecome(to).contains(failure.code())).isEqualTo(allowed);
    }

    @Test
    void deletesOnlyFinishedJobs() {
        assertThat(JobStatus.deletable()).isEqualTo(Set.of(COMPLETED, FAILED, CANCELLED)).doesNotContain(PENDING);
    }

}
