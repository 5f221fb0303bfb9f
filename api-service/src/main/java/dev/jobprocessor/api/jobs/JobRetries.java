package dev.jobprocessor.api.jobs;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Follows a failed attempt by another, as the job's {@link RetryPolicy} says. */
@Component
class JobRetries {

    private final RetrySettings settings;

    private final Clock clock;

    JobRetries(JobSettings settings, Clock clock) {
        this.settings = settings.retry();
        this.clock = clock;
    }

    /**
     * Narrows a query to a job that this outcome finishes, whatever the job was before;
     * null where a job has to be read to know.
     */
    @Nullable Query last(Query open, JobOutcome outcome) {
        if (!outcome.isRetryable()) {
            return open;
        }
        return this.settings.isRetried() ? null : open.addCriteria(Criteria.where(JobFields.RETRY).is(null));
    }

    /** The update that schedules another attempt; null where this one was the last. */
    @Nullable Update next(Job job, JobOutcome outcome) {
        RetrySchedule schedule = RetrySchedule.of(job.request().retry(), this.settings);
        return (outcome.isRetryable() && schedule.allowsAnother(job.currentTry())) ? retry(job, schedule, outcome)
                : null;
    }

    private Update retry(Job job, RetrySchedule schedule, JobOutcome outcome) {
        Instant now = this.clock.instant();
        Instant due = now.plus(schedule.delayAfter(job.currentTry()));
        return followedBy(history(job, outcome, now), now, due)
            .set(JobFields.TRIES,
                    new JobTries(job.currentTry() + 1, schedule.maxAttempts(), Objects.requireNonNull(outcome.error()),
                            Objects.requireNonNull(outcome.errorCode())))
            .set(JobFields.NEXT_ATTEMPT_AT, due);
    }

    private static List<JobEvent> history(Job job, JobOutcome outcome, Instant now) {
        JobEvent failed = JobEvent.failed(JobEvent.Type.ATTEMPT_FAILED, now, job.attempt(), outcome);
        AttemptStart start = outcome.start();
        return (start == null || job.startedAt() != null) ? List.of(failed)
                : List.of(JobEvent.started(job.attempt(), start.worker(), start.plausible(job.id(), now)), failed);
    }

    /** Follows an attempt that came to nothing by another. */
    static Update followedBy(List<JobEvent> history, Instant now, Instant due) {
        Update update = JobEvent.added(history)
            .inc(JobFields.ATTEMPT, 1)
            .set(JobFields.UPDATED_AT, now)
            .set(JobFields.DISPATCH_DUE, due);
        Set.of(JobFields.STARTED_AT, JobFields.WORKER, JobFields.ATTEMPT_WORDS, JobFields.SENT_AT, JobFields.CLAIM,
                JobFields.PROGRESS, JobFields.DEADLINE, JobFields.START_BY, JobFields.DEFERRED_SINCE,
                JobFields.DEFERRAL_REASON, JobFields.GIVE_UP_AT, JobFields.REFUSED_REPORTS)
            .forEach(update::unset);
        return update;
    }

    /**
     * Finds a job whose attempt was given up and is to be followed by another, which has
     * not started: its result withdraws the other. Once that runs, it alone may report.
     */
    static Query withdrawable(String id, int attempt, JobStatus next) {
        return Jobs.openAttempt(id, attempt + 1)
            .addCriteria(Criteria.where(JobFields.STARTED_AT).exists(false))
            .addCriteria(Criteria.where(JobFields.LAST_ERROR_CODE).in(JobFailure.thatCanBecome(next)));
    }

    /** Makes an attempt the current one again, of which there is a result after all. */
    static Update withdraw(Update completion) {
        return completion.inc(JobFields.ATTEMPT, -1).inc(JobFields.CURRENT_TRY, -1);
    }

}
