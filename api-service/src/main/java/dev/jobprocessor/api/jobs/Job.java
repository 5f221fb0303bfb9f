package dev.jobprocessor.api.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.Unwrapped;

/**
 * A prompt and what became of it. The stored document has further fields that only the
 * database needs, see {@link JobFields}.
 *
 * @param id opaque and time-ordered
 * @param request what the client asked for; its fields are stored beside the others
 * @param attempt counted from 1, raised by each retry; reports of older attempts are
 * refused
 * @param runs how many claims of its attempts were granted; null without any
 * @param version counted from 1 by the database, raised by each update: the greater one
 * is the newer state of a job, whatever the clocks say; 0 where nothing counted it yet
 * @param startBy until when a worker may start it for the first time; null where one did
 * or it does not expire
 * @param nextAttemptAt until when this attempt was deferred last, or delayed by the retry
 * policy
 * @param deferralReason why this attempt was deferred last
 * @param sentAt when a broker confirmed its message; null while it is to be published
 * @param deferredSince when this attempt was deferred first
 * @param giveUpAt until when it is deferred for reasons that may last less long; null
 * where its last deferral gave another one
 * @param worker the worker that started this attempt last
 * @param progress how far this attempt is; null where nobody reported it
 * @param tries how far the retry policy is; null until a try failed
 * @param usage what a model used for the attempt that finished; null where it is unknown
 * @param errorCode why it is FAILED, see {@link JobFailure#code()}
 * @param failure what it is grouped by while it is FAILED; null where it failed before
 * there were groups
 * @param history at most {@value JobEvent#MAX_HISTORY} events, oldest first; empty in
 * lists
 * @param traceparent W3C's, of the request that asked for this attempt
 * @param submittedBy who submitted it; null where access was open
 */
@Document("jobs")
public record Job(@Id String id, @Unwrapped.Empty JobRequest request, JobStatus status, int attempt,
        @Nullable Integer runs, long version, Instant createdAt, Instant updatedAt, @Nullable Instant startedAt,
        @Nullable Instant completedAt, @Nullable Instant startBy, @Nullable Instant nextAttemptAt,
        @Nullable Instant deferredSince, @Nullable Instant giveUpAt, @Nullable String deferralReason,
        @Nullable Instant sentAt, @Nullable String worker, @Nullable JobProgress progress, @Nullable JobTries tries,
        @Nullable JobUsage usage, @Nullable JobResult result, @Nullable String error, @Nullable String errorCode,
        @Nullable String failure, List<JobEvent> history, @Nullable String traceparent, @Nullable String submittedBy) {

    public Job {
        history = Objects.requireNonNullElse(history, List.of());
    }

    /** Where what the current attempt writes begins. */
    public long outputOffset() {
        return OutputReported.begin(this.runs);
    }

    public String prompt() {
        return Objects.requireNonNull(this.request.prompt());
    }

    /** The queue it is published to, which may have been removed from the settings. */
    public String queue() {
        return Objects.requireNonNullElse(this.request.queue(), JobQueues.DEFAULT);
    }

    /** Of the trace that the current attempt is part of. */
    @Nullable String traceId() {
        return (this.traceparent != null && this.traceparent.length() >= 35) ? this.traceparent.substring(3, 35) : null;
    }

    public boolean hasHighPriority() {
        return JobRequest.HIGH.equals(this.request.priority());
    }

    /**
     * When the current attempt was asked for: by the submission, by its schedule, or by
     * the last retry.
     */
    public Instant requestedAt() {
        return this.history.reversed()
            .stream()
            .filter((event) -> event.type() == JobEvent.Type.RETRIED)
            .findFirst()
            .map(JobEvent::at)
            .orElseGet(this::firstDue);
    }

    private Instant firstDue() {
        Instant runAt = this.request.runAt();
        return (runAt != null && runAt.isAfter(this.createdAt)) ? runAt : this.createdAt;
    }

    /** Whether a worker's start of the current attempt was recorded before its report. */
    public boolean wasSeenRunning() {
        return this.history.stream()
            .anyMatch((event) -> event.type() == JobEvent.Type.STARTED && event.attempt() == this.attempt);
    }

    /**
     * The history, with the start that nothing but the current attempt's report told of.
     */
    List<JobEvent> timeline() {
        if (this.startedAt == null || this.worker == null || wasSeenRunning()) {
            return this.history;
        }
        JobEvent start = JobEvent.started(this.attempt, this.worker, this.startedAt);
        return Stream.concat(this.history.stream(), Stream.of(start))
            .sorted(Comparator.comparing(JobEvent::at))
            .toList();
    }

    /** Whether no worker may start it any more. */
    boolean isExpired(Instant now) {
        return this.startBy != null && !this.startBy.isAfter(now);
    }

    /** Which worker started an attempt; null unless it is open and started. */
    @Nullable String runningOn(int attempt) {
        return (attempt == this.attempt && this.status == JobStatus.PENDING && this.startedAt != null) ? this.worker
                : null;
    }

    /** Since when the current attempt waits for a worker, or waited last. */
    public Instant waitingSince() {
        return (this.nextAttemptAt != null) ? this.nextAttemptAt : requestedAt();
    }

    /** Which try of its retry policy the current attempt is, counted from 1. */
    int currentTry() {
        return (this.tries != null) ? this.tries.current() : 1;
    }

    /**
     * The attempt that a report is of which names none: the current one, or the one
     * before where it was reported so and the current one has not started.
     */
    int attemptOf(JobOutcome outcome) {
        return (this.startedAt == null && isRetriedAfter(this.attempt - 1, outcome.error())) ? this.attempt - 1
                : this.attempt;
    }

    /** Whether an attempt failed for this reason, and was followed by another. */
    boolean isRetriedAfter(int attempt, @Nullable String error) {
        return this.history.stream()
            .anyMatch((event) -> event.type() == JobEvent.Type.ATTEMPT_FAILED && event.attempt() == attempt
                    && Objects.equals(event.detail(), error));
    }

    /** Whether it is held back until {@link #nextAttemptAt}, and not published since. */
    boolean isDeferred() {
        return this.nextAttemptAt != null && this.status == JobStatus.PENDING && this.startedAt == null
                && this.sentAt == null;
    }

    /**
     * How long its attempts may take from their start, or last progress, to the report.
     */
    Duration timeout(JobSettings settings) {
        return Objects.requireNonNullElse(this.request.timeout(), settings.deadline());
    }

    /**
     * Until when a worker may start it once it is deferred: the first attempt has not
     * begun yet.
     */
    @Nullable Instant startByOnceDeferred() {
        return (this.attempt == 1) ? this.request.expiresAt() : null;
    }

    /** When it is given up if it is deferred now, and not started again until then. */
    Instant deferralDeadline(@Nullable Duration giveUpAfter, Instant now, JobSettings settings) {
        Instant deadline = deferralEnd(giveUpAfter, now, settings);
        Instant startBy = startByOnceDeferred();
        return (startBy != null && startBy.isBefore(deadline)) ? startBy : deadline;
    }

    private Instant deferralEnd(@Nullable Duration giveUpAfter, Instant now, JobSettings settings) {
        Instant since = Objects.requireNonNullElse(this.deferredSince, now);
        Instant deadline = since.plus(Objects.requireNonNullElse(this.request.timeout(), settings.deferralDeadline()));
        if (giveUpAfter == null) {
            return deadline;
        }
        Instant giveUpAt = Objects.requireNonNullElse(this.giveUpAt, now.plus(giveUpAfter));
        return giveUpAt.isBefore(deadline) ? giveUpAt : deadline;
    }

    public static Job submitted(JobRequest request, @Nullable String submittedBy, Instant now,
            @Nullable String traceparent) {
        String schedule = request.schedule().isAhead(now) ? "due at " + request.runAt() : null;
        JobEvent created = new JobEvent(JobEvent.Type.CREATED, now, 1, schedule);
        return new Job(new ObjectId().toHexString(), request, JobStatus.PENDING, 1, null, 1, now, now, null, null,
                request.expiresAt(), null, null, null, null, null, null, null, null, null, null, null, null, null,
                List.of(created), traceparent, submittedBy);
    }

    /** Says how a report of an attempt contradicts this job. */
    String contradictionBy(int attempt, String reported) {
        if (attempt == this.attempt && this.status == JobStatus.PENDING) {
            return "Attempt %d was reported %s by a claim that is not in force".formatted(attempt, reported);
        }
        if (attempt == this.attempt && reported.equals(this.status.name())) {
            String what = (this.status == JobStatus.COMPLETED) ? "result" : "error";
            return "Attempt %d was reported %s again, but with a different %s".formatted(attempt, reported, what);
        }
        return "Attempt %d was reported %s, but attempt %d is %s".formatted(attempt, reported, this.attempt,
                this.status);
    }

}
