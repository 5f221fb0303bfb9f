package dev.jobprocessor.api.jobs;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A job as clients see it.
 *
 * @param request the prompt and the options, as the client submitted them
 * @param startedAt present once a worker began; a PENDING job that has it is running
 * @param version raised by each change: of two views of a job, the one with the greater
 * version is newer
 * @param nextAttemptAt when a deferred job, or one whose last try failed, is tried again;
 * absent once it is published
 * @param deferralReason why a deferred job waits until then
 * @param progress how far the current attempt is, or was
 * @param tries how far the retry policy is; absent until a try failed
 * @param usage what a model used for it; absent where nobody reported that
 * @param result usually JSON text; lists show at most its first 8 KiB
 * @param resultTruncated true where {@code result} is not all of it
 * @param resultMalformed true where the whole {@code result} holds no JSON, neither as a
 * whole nor after a {@code <think>} part or in a fenced block; absent where it does, and
 * where the job finished under a release that did not look
 * @param errorCode why the job is FAILED, for programs: what a worker or workflow
 * reported, or reported, report_refused, timed_out, deferred_too_long, expired or
 * undeliverable
 * @param failure what the job is grouped by in {@code GET /failures}; absent unless it is
 * FAILED, and where it failed under a release without groups
 * @param submittedBy who submitted it; absent where access was open
 * @param traceId of the trace that the current attempt is part of; absent in lists
 * @param history oldest first; absent in lists
 */
@Schema(name = "Job")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobView(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) String id, @JsonUnwrapped JobRequest request,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) JobStatus status, @Nullable String result,
        @Nullable Boolean resultTruncated, @Nullable Boolean resultMalformed, @Nullable String error,
        @Nullable String errorCode, @Nullable String failure,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Instant createdAt,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Instant updatedAt, @Nullable Instant startedAt,
        @Nullable Instant completedAt, @Nullable Instant nextAttemptAt, @Nullable String deferralReason,
        @Nullable JobProgress progress, @Nullable JobTries tries, @Nullable JobUsage usage,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) int attempt,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) long version, @Nullable String worker,
        @Nullable String submittedBy, @Nullable String traceId, @Nullable List<JobEvent> history) {

    /** All there is to know about a job. */
    public static JobView of(Job job) {
        JobResult result = job.result();
        return view(job, (result != null) ? result.text() : null, null, job.traceId(), job.timeline());
    }

    /** What lists show. */
    public static JobView summary(Job job) {
        JobResult result = job.result();
        return (result != null) ? view(job, result.head(), result.truncated() ? true : null, null, null)
                : view(job, null, null, null, null);
    }

    private static JobView view(Job job, @Nullable String result, @Nullable Boolean truncated, @Nullable String traceId,
            @Nullable List<JobEvent> history) {
        Boolean malformed = (job.result() != null) ? job.result().malformed() : null;
        return new JobView(job.id(), job.request(), job.status(), result, truncated, malformed, job.error(),
                job.errorCode(), job.failure(), job.createdAt(), job.updatedAt(), job.startedAt(), job.completedAt(),
                job.isDeferred() ? job.nextAttemptAt() : null, job.isDeferred() ? job.deferralReason() : null,
                job.progress(), job.tries(), job.usage(), job.attempt(), job.version(), job.worker(), job.submittedBy(),
                traceId, history);
    }

}
