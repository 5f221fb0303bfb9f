package dev.jobprocessor.api.jobs;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How an attempt finished: with a result or with a reason.
 *
 * @param failure null for a result
 * @param error the reason
 */
public record JobOutcome(JobStatus status, @Nullable String result, @Nullable JobFailure failure,
        @Nullable String error) {

    /** A longer reason is cut. */
    static final int MAX_ERROR_LENGTH = 2000;

    /**
     * @throws ResultTooLarge if the result exceeds 1 MiB of UTF-8
     */
    public static JobOutcome completed(String result) {
        JobResult.of(result);
        return new JobOutcome(JobStatus.COMPLETED, result, null, null);
    }

    public static JobOutcome failed(JobFailure failure, String reason) {
        return new JobOutcome(JobStatus.FAILED, null, failure, Prefix.of(reason, MAX_ERROR_LENGTH));
    }

    boolean isThatOf(Job job) {
        String result = (job.result() != null) ? job.result().text() : null;
        return job.status() == this.status && Objects.equals(result, this.result)
                && Objects.equals(job.error(), this.error);
    }

}
