package dev.jobprocessor.api.callback;

import java.util.Objects;

import dev.jobprocessor.api.jobs.JobFailure;
import dev.jobprocessor.api.jobs.JobOutcome;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What a worker reports.
 *
 * @param status COMPLETED, also where it is absent, or FAILED
 * @param result needed with COMPLETED; at most 1 MiB of UTF-8
 * @param error why the job failed; cut after 2,000 characters
 * @param attempt the attempt that ended; where it is absent, the current one
 */
record JobCallback(
        @NotBlank(message = "must be the id of a job") @Size(
                min = 1, max = JobCallback.MAX_ID_LENGTH, message = "must be the id of a job") String jobId,
        @Nullable Status status,
        @Pattern(regexp = JobCallback.WHOLE_CHARACTERS,
                message = "must be valid Unicode, without half a surrogate pair") @Nullable String result,
        @Pattern(regexp = JobCallback.WHOLE_CHARACTERS,
                message = "must be valid Unicode, without half a surrogate pair") @Nullable String error,
        @Positive(message = "must be 1 or more") @Nullable Integer attempt) {

    static final int MAX_ID_LENGTH = 100;

    static final String WHOLE_CHARACTERS = "[^\\p{Cs}]*";

    @AssertTrue(message = "must be a string unless status is FAILED")
    boolean isResult() {
        return this.result != null || this.status == Status.FAILED;
    }

    JobOutcome outcome() {
        return (this.status == Status.FAILED)
                ? JobOutcome.failed(JobFailure.REPORTED,
                        Objects.requireNonNullElse(this.error, "The worker gave no reason."))
                : JobOutcome.completed(Objects.requireNonNull(this.result)); // as
                                                                             // validated
    }

    enum Status {

        COMPLETED, FAILED

    }

}
