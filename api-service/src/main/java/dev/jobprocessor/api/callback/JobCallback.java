package dev.jobprocessor.api.callback;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import dev.jobprocessor.api.jobs.AttemptStart;
import dev.jobprocessor.api.jobs.JobAttempt;
import dev.jobprocessor.api.jobs.JobDeferral;
import dev.jobprocessor.api.jobs.JobFailure;
import dev.jobprocessor.api.jobs.JobOutcome;
import dev.jobprocessor.api.jobs.JobUsage;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * The body of a callback: what a worker reports.
 *
 * @param jobId needed where the URL does not name the job
 * @param status COMPLETED, also where it is absent, FAILED, or DEFERRED
 * @param result needed with COMPLETED; a string, or any other JSON as its text; at most 1
 * MiB of UTF-8
 * @param error why the job failed; cut after 2,000 characters
 * @param usage with COMPLETED or FAILED: what a model used for the attempt
 * @param errorCode with FAILED: the same for programs, 1 to 64 of a-z, 0-9, _, . and -;
 * not one of those that this service gives itself
 * @param retryable with FAILED: whether the job's retry policy applies, also where it is
 * absent
 * @param retryAfterSeconds with DEFERRED: when the attempt is to be published again, 1 to
 * 86,400 from now
 * @param giveUpAfterSeconds with DEFERRED: how long the attempt may be deferred for such
 * a reason, before it finishes as FAILED; where it is absent, as long as for any
 * @param claim with DEFERRED: the claim that the worker started the attempt by, as it
 * must still be in force; absent where the worker is of an older version
 * @param start of the attempt, in case nothing told of it before
 * @param attempt the attempt that finished; where it is absent, the current one
 * @param traceparent among several callbacks of one call: the trace of this one, as the
 * header of the same name has it for one
 */
record JobCallback(
        @Size(min = 1, max = JobCallback.MAX_ID_LENGTH, message = "must be the id of a job") @Nullable String jobId,
        @Nullable Status status,
        @JsonDeserialize(using = ResultText.class) @Pattern(regexp = JobCallback.WHOLE_CHARACTERS,
                message = "must be valid Unicode, without half a surrogate pair") @Nullable String result,
        @Pattern(regexp = JobCallback.WHOLE_CHARACTERS,
                message = "must be valid Unicode, without half a surrogate pair") @Nullable String error,
        @Valid @Nullable JobUsage usage,
        @Pattern(regexp = JobCallback.CODE, message = JobCallback.CODE_FORM) @Nullable String errorCode,
        @Nullable Boolean retryable,
        @Min(value = 1, message = JobCallback.DELAY) @Max(value = 86_400,
                message = JobCallback.DELAY) @Nullable Integer retryAfterSeconds,
        @PositiveOrZero(message = "must be 0 or more") @Nullable Integer giveUpAfterSeconds,
        @Size(min = 1, max = JobCallback.MAX_ID_LENGTH,
                message = "must be the claim of a start") @Nullable String claim,
        @Valid @Nullable Start start, @Positive(message = "must be 1 or more") @Nullable Integer attempt,
        @Nullable String traceparent) {

    static final int MAX_ID_LENGTH = 100;

    static final String DELAY = "must be 1 to 86400 with status DEFERRED";

    static final String CODE = "[a-z0-9_.-]{1,64}";

    static final String CODE_FORM = "must have 1 to 64 of a-z, 0-9, _, . and -, and is none of timed_out, "
            + "report_refused, deferred_too_long, undeliverable and expired";

    static final String WHOLE_CHARACTERS = "[^\\p{Cs}]*";

    @AssertTrue(message = "must be there unless status is FAILED or DEFERRED")
    boolean isResult() {
        return this.result != null || this.status == Status.FAILED || this.status == Status.DEFERRED;
    }

    /** Those may be superseded by a late result, a report may not. */
    @AssertTrue(message = CODE_FORM)
    boolean isErrorCode() {
        return this.errorCode == null || !JobFailure.isGivenUp(this.errorCode);
    }

    @AssertTrue(message = DELAY)
    boolean isRetryAfterSeconds() {
        return this.retryAfterSeconds != null || this.status != Status.DEFERRED;
    }

    /**
     * The attempt that this reports a result of; null where it names none, or reports
     * something else.
     */
    @Nullable JobAttempt completedAttempt() {
        boolean completed = this.status == null || this.status == Status.COMPLETED;
        return (completed && this.jobId != null && this.attempt != null) ? new JobAttempt(this.jobId, this.attempt)
                : null;
    }

    /** How the attempt is deferred; null where it finished. */
    @Nullable JobDeferral deferral() {
        return (this.status == Status.DEFERRED && this.retryAfterSeconds != null)
                ? new JobDeferral(Duration.ofSeconds(this.retryAfterSeconds), giveUpAfter(), reason(), this.claim)
                : null;
    }

    private @Nullable Duration giveUpAfter() {
        return (this.giveUpAfterSeconds != null) ? Duration.ofSeconds(this.giveUpAfterSeconds) : null;
    }

    /** The job, where the URL does not name it. */
    String requiredJobId() {
        if (this.jobId == null || this.jobId.isBlank()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "jobId must be the id of a job");
        }
        return this.jobId;
    }

    String reason() {
        return (this.error != null) ? CallbackTokens.mask(this.error) : "The worker gave no reason.";
    }

    JobOutcome outcome() {
        JobOutcome outcome = (this.status == Status.FAILED)
                ? JobOutcome.failed(reason(), this.errorCode, this.retryable)
                : JobOutcome.completed(Objects.requireNonNull(this.result)); // validated
        return outcome.with(this.usage).with((this.start != null) ? this.start.attemptStart() : null);
    }

    /**
     * That a worker started the attempt.
     *
     * @param worker its name, as users see it
     * @param at by its clock; what is not between the job's creation and now counts as
     * now
     */
    record Start(
            @NotNull(message = Start.WORKER) @Size(min = 1, max = 255, message = Start.WORKER) @Nullable String worker,
            @NotNull(message = "must be a time") @Nullable Instant at) {

        private static final String WORKER = "must have 1 to 255 characters";

        AttemptStart attemptStart() {
            return new AttemptStart(Objects.requireNonNull(this.worker), Objects.requireNonNull(this.at)); // validated
        }

    }

    enum Status {

        COMPLETED, FAILED, DEFERRED

    }

}
