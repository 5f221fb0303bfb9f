package dev.jobprocessor.api.jobs;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import org.springframework.data.mongodb.core.query.Update;

/**
 * One line of a job's history.
 *
 * @param attempt its attempt, counted from 1
 * @param detail further information, such as the worker or the reason
 * @param errorCode why the attempt failed, see {@link JobFailure#code()}; null where it
 * did not, or was given up with its worker
 * @param usage what a model used for the attempt that failed; null where that is unknown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobEvent(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) Type type,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Instant at,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) int attempt, @Nullable String detail,
        @Nullable String errorCode, @Nullable JobUsage usage) {

    /** How many events a job keeps; the oldest are dropped. */
    static final int MAX_HISTORY = 100;

    /**
     * How many refused reports are recorded while an attempt is the current one: a
     * workflow that repeats them would drop everything else.
     */
    static final int MAX_REFUSED_REPORTS = 10;

    public JobEvent(Type type, Instant at, int attempt, @Nullable String detail) {
        this(type, at, attempt, detail, null, null);
    }

    /** Keeps what the job itself forgets of an attempt once another one follows. */
    static JobEvent failed(Type type, Instant at, int attempt, JobOutcome outcome) {
        return new JobEvent(type, at, attempt, outcome.error(), outcome.errorCode(), outcome.usage());
    }

    static JobEvent started(int attempt, String worker, Instant at) {
        return new JobEvent(Type.STARTED, at, attempt, worker);
    }

    /** An update of a job that adds this event to its history. */
    public Update added() {
        return added(List.of(this));
    }

    /** An update of a job that adds these events to its history. */
    static Update added(List<JobEvent> events) {
        return new Update().push(JobFields.HISTORY).slice(-MAX_HISTORY).each(events.toArray());
    }

    public enum Type {

        CREATED, PUBLISHED, STARTED, DEFERRED, COMPLETED, ATTEMPT_FAILED, FAILED, CALLBACK_REFUSED, RETRIED, CANCELLED

    }

}
