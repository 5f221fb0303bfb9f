package dev.jobprocessor.api.jobs;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How an attempt finished: with a result or with a reason.
 *
 * @param failure null for a result
 * @param errorCode the failure's, or what was reported; null for a result
 * @param usage what a model used for it; null where nobody reported that
 * @param isRetryable whether the retry policy applies
 * @param error the reason
 * @param start of the attempt, in case nothing told of it before; null where the reporter
 * did not say
 */
public record JobOutcome(JobStatus status, @Nullable String result, @Nullable JobFailure failure,
        @Nullable String errorCode, boolean isRetryable, @Nullable String error, @Nullable JobUsage usage,
        @Nullable AttemptStart start) {

    /** A longer reason is cut. */
    static final int MAX_ERROR_LENGTH = 2000;

    /**
     * @throws ResultTooLarge if the result exceeds 1 MiB of UTF-8
     */
    public static JobOutcome completed(String result) {
        JobResult.checked(result);
        return new JobOutcome(JobStatus.COMPLETED, result, null, null, false, null, null, null);
    }

    public static JobOutcome failed(JobFailure failure, String reason) {
        return failed(failure, reason, failure.code(), failure.isRetryable());
    }

    /**
     * What a worker or workflow reported.
     * @param errorCode null where it named none
     * @param retryable null where it did not say
     */
    public static JobOutcome failed(String reason, @Nullable String errorCode, @Nullable Boolean retryable) {
        JobFailure reported = JobFailure.REPORTED;
        return failed(reported, reason, Objects.requireNonNullElse(errorCode, reported.code()),
                Objects.requireNonNullElse(retryable, reported.isRetryable()));
    }

    private static JobOutcome failed(JobFailure failure, String reason, String errorCode, boolean retryable) {
        return new JobOutcome(JobStatus.FAILED, null, failure, errorCode, retryable,
                Prefix.of(reason, MAX_ERROR_LENGTH), null, null);
    }

    public JobOutcome with(@Nullable JobUsage usage) {
        return new JobOutcome(this.status, this.result, this.failure, this.errorCode, this.isRetryable, this.error,
                usage, this.start);
    }

    public JobOutcome with(@Nullable AttemptStart start) {
        return new JobOutcome(this.status, this.result, this.failure, this.errorCode, this.isRetryable, this.error,
                this.usage, start);
    }

    JobOutcome withoutStart() {
        return with((AttemptStart) null);
    }

    boolean isThatOf(Job job) {
        String result = (job.result() != null) ? job.result().text() : null;
        return job.status() == this.status && Objects.equals(result, this.result)
                && Objects.equals(job.error(), this.error);
    }

}
