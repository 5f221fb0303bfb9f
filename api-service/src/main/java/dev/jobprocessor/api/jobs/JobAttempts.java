package dev.jobprocessor.api.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/**
 * What becomes of an attempt before it ends: it is claimed, which starts it, makes
 * progress, or is deferred. Each is one conditional update of the open attempt.
 */
@Component
public class JobAttempts {

    private final Jobs jobs;

    private final JobDocuments documents;

    private final ApplicationEventPublisher events;

    private final Clock clock;

    private final JobSettings settings;

    private final ProgressUpdates progress;

    private final PausedQueues paused;

    private final RunningAttempts running;

    JobAttempts(Jobs jobs, JobDocuments documents, ApplicationEventPublisher events, Clock clock, JobSettings settings,
            ProgressUpdates progress, PausedQueues paused, RunningAttempts running) {
        this.jobs = jobs;
        this.documents = documents;
        this.events = events;
        this.clock = clock;
        this.settings = settings;
        this.progress = progress;
        this.paused = paused;
        this.running = running;
    }

    /**
     * Starts an attempt for one handling of one delivery alone. The same claim again is
     * granted again; a redelivered message may claim what another handling claimed,
     * unless that still runs.
     * @throws JobNotFound if there is no such job
     * @throws JobConflict if the attempt is not open or was claimed otherwise
     * @throws QueuePaused if its queue is paused
     * @throws AttemptInFlight if another worker still runs it
     */
    public JobClaim claim(String id, int attempt, String worker, String claim, boolean redelivered) {
        if (redelivered) {
            requireNotRunningElsewhere(new JobAttempt(id, attempt), worker);
        }
        Instant now = this.clock.instant();
        Instant deadline = now.plus(this.settings.deadline());
        Update start = Jobs.startedBy(worker, attempt, now)
            .set(JobFields.STARTED_AT, now)
            .set(JobFields.CLAIM, claim)
            .inc(JobFields.RUNS, 1)
            .unset(JobFields.PROGRESS)
            .set(JobFields.DEADLINE, deadline);
        Set<String> pausedQueues = this.paused.names();
        Job started = change(claimable(id, attempt, now, pausedQueues).addCriteria(
                redelivered ? Criteria.where(JobFields.CLAIM).ne(claim) : Criteria.where(JobFields.CLAIM).is(null)),
                start);
        if (started == null) {
            return claimedBefore(this.jobs.require(id), attempt, claim, now, pausedQueues);
        }
        return (started.request().timeout() == null) ? new JobClaim(started, deadline)
                : claimedBefore(started, attempt, claim, now, pausedQueues);
    }

    /** A broker redelivers what a worker runs for longer than it waits. */
    private void requireNotRunningElsewhere(JobAttempt attempt, String worker) {
        Job job = this.jobs.require(attempt.jobId());
        String other = job.runningOn(attempt.attempt());
        if (other != null && job.startedAt() != null && !other.equals(worker)
                && this.running.mayRun(other, attempt, job.startedAt())) {
            throw new AttemptInFlight(attempt, other);
        }
    }

    private static Query claimable(String id, int attempt, Instant now, Set<String> paused) {
        Query claimable = Jobs.openAttempt(id, attempt).addCriteria(Jobs.startableUntil(now));
        return paused.isEmpty() ? claimable
                : claimable.addCriteria(Criteria.where(JobFields.QUEUE).nin(JobQueues.stored(paused)));
    }

    /**
     * Sets the job's own deadline: by its timeout, and anew where a claim is repeated.
     */
    private JobClaim claimedBefore(Job job, int attempt, String claim, Instant now, Set<String> paused) {
        Query same = Jobs.openAttempt(job.id(), attempt).addCriteria(Criteria.where(JobFields.CLAIM).is(claim));
        Instant deadline = now.plus(job.timeout(this.settings));
        Job claimed = this.documents.change(same, Update.update(JobFields.DEADLINE, deadline));
        if (claimed == null) {
            throw unclaimable(job, attempt, paused);
        }
        return new JobClaim(claimed, deadline);
    }

    /**
     * By what was paused when it was refused: a worker drops the message of a job that is
     * refused for another reason.
     */
    private RuntimeException unclaimable(Job job, int attempt, Set<String> paused) {
        return paused.contains(job.queue()) ? new QueuePaused(job.queue()) : cannot(job.id(), attempt, "start");
    }

    private JobConflict cannot(String id, int attempt, String move) {
        Job job = this.jobs.require(id);
        return new JobConflict("Job %s: attempt %d cannot %s, attempt %d is %s%s.".formatted(id, attempt, move,
                job.attempt(), job.status(), (job.startedAt() != null) ? " and was started"
                        : job.isExpired(this.clock.instant()) ? " and expired" : ""));
    }

    /**
     * Takes note of how far a running attempt is, which gives it its whole timeout again.
     * @param attempt null for whichever attempt is current
     * @param claim of the run that is reported, of which nothing is shown once another
     * one was granted; null for whichever runs
     * @return when the attempt is given up unless more is reported
     * @throws JobNotFound if there is no such job
     * @throws JobConflict if the attempt is not running
     */
    public Instant progress(String id, @Nullable Integer attempt, @Nullable String claim, ProgressReport report) {
        Job known = this.jobs.require(id);
        int reported = (attempt != null) ? attempt : known.attempt();
        Instant now = this.clock.instant();
        Instant deadline = now.plus(known.timeout(this.settings));
        Query reporting = running(id, reported);
        if (claim != null) {
            reporting.addCriteria(Criteria.where(JobFields.CLAIM).is(claim));
        }
        Job job = this.documents.change(reporting, report.update(now).set(JobFields.DEADLINE, deadline));
        if (job != null) {
            this.progress.add(job);
            report.output(job).ifPresent(this.events::publishEvent);
        }
        else if (claim == null || !givesTime(id, reported, deadline)) {
            throw cannot(id, reported, "make progress");
        }
        return deadline;
    }

    private static Query running(String id, int attempt) {
        return Jobs.openAttempt(id, attempt).addCriteria(Criteria.where(JobFields.STARTED_AT).exists(true));
    }

    /** A run that another one follows may still finish the attempt. */
    private boolean givesTime(String id, int attempt, Instant deadline) {
        return this.documents.change(running(id, attempt), Update.update(JobFields.DEADLINE, deadline)) != null;
    }

    /**
     * Holds an attempt back, which is not used up by it: the relay publishes it again,
     * until it has been deferred for too long.
     * @param attempt null for whichever attempt is current
     * @return the deferred job, also where it is deferred already
     * @throws JobNotFound if there is no such job
     * @throws JobConflict if the attempt is not open, or was claimed anew since
     */
    public Job defer(String id, @Nullable Integer attempt, JobDeferral deferral) {
        Job known = this.jobs.require(id);
        int reported = (attempt != null) ? attempt : known.attempt();
        Instant now = this.clock.instant();
        Query deferrable = Jobs.openAttempt(id, reported).addCriteria(deferrable(deferral.claim(), now));
        Job deferred = change(deferrable, deferral(deferral, reported, now, known.startByOnceDeferred())
            .set(JobFields.DEADLINE, known.deferralDeadline(deferral.giveUpAfter(), now, this.settings)));
        return (deferred != null) ? deferred : deferredBefore(id, reported);
    }

    /** A deferral ends its claim, so that the same report again finds another or none. */
    private static Criteria deferrable(@Nullable String claim, Instant now) {
        return (claim != null) ? Criteria.where(JobFields.CLAIM).is(claim)
                : new Criteria().orOperator(Criteria.where(JobFields.STARTED_AT).exists(true),
                        Criteria.where(JobFields.NEXT_ATTEMPT_AT).not().gt(now));
    }

    private Job deferredBefore(String id, int attempt) {
        return Optional.of(this.jobs.require(id))
            .filter((job) -> job.attempt() == attempt && job.isDeferred())
            .orElseThrow(() -> this.jobs.refuse(id, attempt, "DEFERRED"));
    }

    private static Update deferral(JobDeferral deferral, int attempt, Instant now, @Nullable Instant startBy) {
        Instant until = now.plus(deferral.delay());
        String reason = Prefix.of(deferral.reason(), JobOutcome.MAX_ERROR_LENGTH);
        Update update = new JobEvent(JobEvent.Type.DEFERRED, now, attempt, reason).added()
            .set(JobFields.UPDATED_AT, now)
            .set(JobFields.DISPATCH_DUE, until)
            .set(JobFields.NEXT_ATTEMPT_AT, until)
            .set(JobFields.DEFERRAL_REASON, reason)
            .min(JobFields.DEFERRED_SINCE, Date.from(now));
        Set.of(JobFields.STARTED_AT, JobFields.WORKER, JobFields.ATTEMPT_WORDS, JobFields.SENT_AT, JobFields.CLAIM,
                JobFields.PROGRESS)
            .forEach(update::unset);
        if (startBy != null) {
            update.set(JobFields.START_BY, startBy);
        }
        return (deferral.giveUpAfter() != null)
                ? update.min(JobFields.GIVE_UP_AT, Date.from(now.plus(deferral.giveUpAfter())))
                : update.unset(JobFields.GIVE_UP_AT);
    }

    private @Nullable Job change(Query query, Update update) {
        Job job = this.documents.change(query, update);
        if (job != null) {
            this.events.publishEvent(new JobChanged(job.status(), job));
        }
        return job;
    }

}
