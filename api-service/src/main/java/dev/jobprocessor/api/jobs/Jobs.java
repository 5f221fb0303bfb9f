package dev.jobprocessor.api.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.data.util.Pair;
import org.springframework.stereotype.Component;

/**
 * All jobs. Every change is one conditional update of one document, so that of several
 * instances that try the same, one succeeds; each is published as a {@link JobChanged}.
 */
@Component
public class Jobs {

    private final JobDocuments documents;

    private final ApplicationEventPublisher events;

    private final Clock clock;

    private final JobSettings settings;

    private final RequestTrace trace;

    private final DispatchTimes dispatch;

    private final JobRetries retries;

    private final WebhookOutbox webhooks;

    Jobs(JobDocuments documents, ApplicationEventPublisher events, Clock clock, JobSettings settings,
            RequestTrace trace, DispatchTimes dispatch, JobRetries retries, WebhookOutbox webhooks) {
        this.documents = documents;
        this.events = events;
        this.clock = clock;
        this.settings = settings;
        this.trace = trace;
        this.dispatch = dispatch;
        this.retries = retries;
        this.webhooks = webhooks;
    }

    /** Finds a job, whole; a malformed id finds none. */
    public Optional<Job> find(String id) {
        return ObjectId.isValid(id) ? this.documents.findById(id) : Optional.empty();
    }

    /** Whether there is such a job, and it is this one's; that never changes. */
    public boolean isSubmittedBy(String id, String submitter) {
        return ObjectId.isValid(id)
                && this.documents.exists(byId(id).addCriteria(Criteria.where(JobFields.SUBMITTED_BY).is(submitter)));
    }

    /** Finds which of these jobs are PENDING; malformed ids find none. */
    public Set<String> open(Collection<String> ids) {
        List<String> valid = ids.stream().filter(ObjectId::isValid).toList();
        return valid.isEmpty() ? Set.of() : this.documents.openAttempts(valid).keySet();
    }

    /** Finds the versions of those of these jobs that there are. */
    public Map<String, Long> versions(Collection<String> ids) {
        List<String> valid = ids.stream().filter(ObjectId::isValid).toList();
        return valid.isEmpty() ? Map.of() : this.documents.versions(valid);
    }

    /** Finds a job's version alone; a malformed id finds none. */
    OptionalLong version(String id) {
        return ObjectId.isValid(id) ? this.documents.version(id) : OptionalLong.empty();
    }

    /** Records starts; those of older attempts and of finished jobs are ignored. */
    public void started(List<JobStarted> starts) {
        List<JobStarted> known = starts.stream().filter((start) -> ObjectId.isValid(start.jobId())).toList();
        if (known.isEmpty()) {
            return;
        }
        List<String> ids = known.stream().map(JobStarted::jobId).toList();
        Map<String, Duration> timeouts = this.documents.timeouts(ids);
        Instant now = this.clock.instant();
        this.documents.updateEach(known.stream()
            .map((start) -> Pair.of(startable(start, now),
                    start(start, now, timeouts.getOrDefault(start.jobId(), this.settings.deadline()))))
            .toList());
        this.documents.find(Query.query(Criteria.where(JobFields.ID).in(ids)))
            .forEach((job) -> changed(job.status(), job));
    }

    /**
     * Finishes an attempt; the first report wins. A failed one is followed by another as
     * the job's retry policy says. A result of an attempt that failed without a report
     * that was accepted still completes it, however late it arrives, unless another
     * attempt has started.
     * @param attempt null for whichever attempt is current
     * @return the job, also where the same outcome was recorded before
     * @throws JobNotFound if there is no such job
     * @throws JobConflict if the attempt is not the current one, or finished otherwise;
     * this is recorded in the job's history
     */
    public Job finish(String id, @Nullable Integer attempt, JobOutcome outcome) {
        int reported = (attempt != null) ? attempt : require(id).attemptOf(outcome);
        Job finished = finishOrRetry(id, reported, outcome);
        if (finished == null) {
            finished = supersede(id, reported, outcome);
        }
        if (finished != null && outcome.usage() != null) {
            this.events.publishEvent(new TokensUsed(finished.queue(), outcome.usage(), finished.updatedAt()));
        }
        return (finished != null) ? finished : alreadyFinished(id, reported, outcome);
    }

    /** Most jobs have no retry policy: none is read to find out. */
    private @Nullable Job finishOrRetry(String id, int attempt, JobOutcome outcome) {
        Query last = this.retries.last(openAttempt(id, attempt), outcome);
        Job finished = (last != null) ? finish(last, new JobAttempt(id, attempt), outcome) : null;
        return (finished != null || !outcome.isRetryable()) ? finished : find(id)
            .map((job) -> (job.attempt() == attempt) ? finishOrRetry(openAttempt(id, attempt), job, outcome) : null)
            .orElse(null);
    }

    private @Nullable Job finishOrRetry(Query open, Job job, JobOutcome outcome) {
        Update next = this.retries.next(job, outcome);
        if (next == null || outcome.failure() == null) {
            return finish(open, new JobAttempt(job.id(), job.attempt()), outcome);
        }
        Job retried = move(JobStatus.PENDING, open, next);
        if (retried != null) {
            this.events.publishEvent(new AttemptFailed(job, outcome.failure()));
        }
        return retried;
    }

    /** Finishes an attempt unless it has finished or is not the current one. */
    Optional<Job> finishOpen(String id, int attempt, JobOutcome outcome) {
        return Optional.ofNullable(finish(openAttempt(id, attempt), new JobAttempt(id, attempt), outcome));
    }

    /** Finishes an attempt whose deadline has passed, or follows it by another. */
    Optional<Job> timeOut(Job job, JobOutcome outcome) {
        Query overdue = openAttempt(job.id(), job.attempt())
            .addCriteria(Criteria.where(JobFields.DEADLINE).lte(this.clock.instant()));
        Optional<Job> changed = Optional.ofNullable(finishOrRetry(overdue, job, outcome));
        changed.ifPresent((ended) -> this.events.publishEvent(AttemptEnded.of(job)));
        return changed;
    }

    /** Finds jobs whose deadline has passed. */
    List<Job> overdue(int limit) {
        Query overdue = Query.query(Criteria.where(JobFields.DEADLINE).lte(this.clock.instant()));
        return this.documents.find(overdue.with(Sort.by(JobFields.DEADLINE)).limit(limit));
    }

    /**
     * Starts another attempt of a finished job.
     * @throws JobConflict unless it is FAILED or CANCELLED
     */
    public Job retry(String id) {
        return retry(require(id));
    }

    private Job retry(Job finished) {
        String id = finished.id();
        leave(finished);
        Instant now = this.clock.instant();
        Update update = moveTo(JobStatus.PENDING, now,
                new JobEvent(JobEvent.Type.RETRIED, now, finished.attempt() + 1, null))
            .inc(JobFields.ATTEMPT, 1)
            .set(JobFields.DISPATCH_DUE, this.dispatch.relayFrom(now))
            .set(JobFields.TRACEPARENT, this.trace.parent());
        Set.of(JobFields.RESULT, JobFields.ERROR, JobFields.ERROR_CODE, JobFields.FAILURE, JobFields.STARTED_AT,
                JobFields.COMPLETED_AT, JobFields.WORKER, JobFields.ATTEMPT_WORDS, JobFields.SENT_AT, JobFields.CLAIM,
                JobFields.NEXT_ATTEMPT_AT, JobFields.DEFERRED_SINCE, JobFields.DEFERRAL_REASON, JobFields.GIVE_UP_AT,
                JobFields.PROGRESS, JobFields.REFUSED_REPORTS, JobFields.TRIES, JobFields.USAGE)
            .forEach(update::unset);
        Job retried = move(finished.status(), thatCanBecome(id, finished.attempt(), JobStatus.PENDING), update);
        if (retried == null) {
            throw conflict(id, "retried");
        }
        this.events.publishEvent(new JobDue(retried, this.dispatch.relayFrom(now)));
        return retried;
    }

    /**
     * @throws JobConflict unless it is PENDING
     */
    Job cancel(String id) {
        return cancel(require(id));
    }

    private Job cancel(Job pending) {
        String id = pending.id();
        Instant now = this.clock.instant();
        JobEvent event = new JobEvent(JobEvent.Type.CANCELLED, now, pending.attempt(), null);
        Job cancelled = move(JobStatus.PENDING, thatCanBecome(id, pending.attempt(), JobStatus.CANCELLED),
                finish(JobStatus.CANCELLED, now, event));
        if (cancelled == null) {
            throw conflict(id, "cancelled");
        }
        this.events.publishEvent(AttemptEnded.of(cancelled));
        return cancelled;
    }

    /**
     * @throws JobConflict if it is PENDING
     */
    void delete(String id) {
        delete(require(id));
    }

    private void delete(Job job) {
        String id = job.id();
        Query finished = byId(id).addCriteria(Criteria.where(JobFields.STATUS).in(JobStatus.deletable()))
            .addCriteria(Criteria.where(JobFields.ATTEMPT).is(job.attempt()));
        finished.fields().exclude(JobFields.RESULT, JobFields.HISTORY);
        Job deleted = this.documents.remove(finished);
        if (deleted == null) {
            throw conflict(id, "deleted");
        }
        this.events.publishEvent(new JobDeleted(id, deleted.status(), deleted.request().webhook() != null));
    }

    /**
     * Does this to a job that was seen at an attempt. Another attempt is not retried, and
     * does not keep a PENDING job from being cancelled.
     * @throws JobNotFound if there is no such job
     * @throws JobConflict if its state does not allow this, or another attempt followed
     */
    public void act(JobAction action, String id, int attempt) {
        Job job = require(id);
        if (action != JobAction.CANCEL && job.attempt() != attempt) {
            throw new JobConflict("Job %s has had another attempt.".formatted(id));
        }
        switch (action) {
            case RETRY -> retry(job);
            case CANCEL -> cancel(job);
            case DELETE -> delete(job);
        }
    }

    Job require(String id) {
        return find(id).orElseThrow(() -> new JobNotFound(id));
    }

    private JobConflict conflict(String id, String whatWasAsked) {
        return new JobConflict("Job %s is %s and cannot be %s.".formatted(id, require(id).status(), whatWasAsked));
    }

    private Job alreadyFinished(String id, int attempt, JobOutcome outcome) {
        Job job = require(id);
        if (attempt == job.attempt() && outcome.isThatOf(job) || job.isRetriedAfter(attempt, outcome.error())) {
            return job;
        }
        throw refuse(id, attempt, outcome.status().name());
    }

    /** Records in the job's history that a report of an attempt was refused. */
    JobConflict refuse(String id, int attempt, String reported) {
        String detail = require(id).contradictionBy(attempt, reported);
        recordRefused(id, attempt, detail);
        return new JobConflict("Job %s: %s.".formatted(id, detail));
    }

    /** Records in the job's history why a report was refused, unless too many were. */
    void recordRefused(String id, int attempt, String reason) {
        JobEvent refused = new JobEvent(JobEvent.Type.CALLBACK_REFUSED, this.clock.instant(), attempt, reason);
        Query recorded = byId(id)
            .addCriteria(Criteria.where(JobFields.REFUSED_REPORTS).not().gte(JobEvent.MAX_REFUSED_REPORTS));
        this.documents.updateFirst(recorded, refused.added().inc(JobFields.REFUSED_REPORTS, 1));
    }

    private @Nullable Job finish(Query from, JobAttempt attempt, JobOutcome outcome) {
        Job finished = move(JobStatus.PENDING, from, finishWith(attempt, outcome));
        if (finished != null && outcome.failure() != null) {
            this.events.publishEvent(new JobFailed(finished, outcome.failure()));
        }
        return finished;
    }

    private @Nullable Job supersede(String id, int attempt, JobOutcome outcome) {
        Query unreported = byId(id).addCriteria(Criteria.where(JobFields.STATUS).is(JobStatus.FAILED))
            .addCriteria(Criteria.where(JobFields.ATTEMPT).is(attempt))
            .addCriteria(Criteria.where(JobFields.ERROR_CODE).in(JobFailure.thatCanBecome(outcome.status())));
        Job failed = require(id);
        leave(failed);
        Update completion = finishWith(new JobAttempt(id, attempt), outcome.withoutStart());
        Job completed = move(JobStatus.FAILED, unreported, withoutError(completion, failed));
        return (completed != null) ? completed
                : move(JobStatus.PENDING, JobRetries.withdrawable(id, attempt, outcome.status()),
                        JobRetries.withdraw(finishWith(new JobAttempt(id, attempt), outcome)));
    }

    /**
     * Before a finished job changes, so that its webhook is notified of this end, too.
     */
    private void leave(Job job) {
        if (job.request().webhook() != null && job.status() != JobStatus.PENDING) {
            this.webhooks.store(job);
        }
    }

    /** No start changes the worker of a finished attempt. */
    private static Update withoutError(Update update, Job failed) {
        update.unset(JobFields.ERROR).unset(JobFields.ERROR_CODE).unset(JobFields.FAILURE);
        return (failed.worker() != null) ? update.set(JobFields.ATTEMPT_WORDS, SearchWords.ofAttempt(failed.worker()))
                : update.unset(JobFields.ATTEMPT_WORDS);
    }

    private @Nullable Job move(JobStatus before, Query from, Update update) {
        Job job = this.documents.change(from, update);
        if (job != null) {
            changed(before, job);
        }
        return job;
    }

    private void changed(JobStatus before, Job job) {
        this.events.publishEvent(new JobChanged(before, job));
    }

    /** A JobStarted that arrives after a deferral is stale. */
    private static Query startable(JobStarted start, Instant now) {
        return openAttempt(start.jobId(), start.attempt()).addCriteria(startableUntil(now))
            .addCriteria(Criteria.where(JobFields.NEXT_ATTEMPT_AT).not().gt(now));
    }

    /** What has expired is not started. */
    static Criteria startableUntil(Instant now) {
        return Criteria.where(JobFields.START_BY).not().lte(now);
    }

    private static Update start(JobStarted start, Instant now, Duration timeout) {
        AttemptStart started = start.start();
        return startedBy(started.worker(), start.attempt(), now)
            .max(JobFields.STARTED_AT, Date.from(started.plausible(start.jobId(), now)))
            .set(JobFields.DEADLINE, now.plus(timeout));
    }

    static Update startedBy(String worker, int attempt, Instant now) {
        return JobEvent.started(attempt, worker, now)
            .added()
            .set(JobFields.UPDATED_AT, now)
            .set(JobFields.WORKER, worker)
            .set(JobFields.ATTEMPT_WORDS, SearchWords.ofAttempt(worker))
            .unset(JobFields.START_BY);
    }

    private Update finishWith(JobAttempt attempt, JobOutcome outcome) {
        return finishWith(attempt, outcome, this.clock.instant());
    }

    static Update finishWith(JobAttempt finished, JobOutcome outcome, Instant now) {
        int attempt = finished.attempt();
        JobEvent event = (outcome.status() == JobStatus.COMPLETED)
                ? new JobEvent(JobEvent.Type.COMPLETED, now, attempt, null)
                : JobEvent.failed(JobEvent.Type.FAILED, now, attempt, outcome);
        Update update = finish(outcome.status(), now, event);
        if (outcome.result() != null) {
            update.set(JobFields.RESULT, JobResult.of(outcome.result()));
        }
        if (outcome.usage() != null) {
            update.set(JobFields.USAGE, outcome.usage());
        }
        if (outcome.failure() != null) {
            update.set(JobFields.ERROR_CODE, outcome.errorCode())
                .set(JobFields.FAILURE, FailureSignature.of(outcome.errorCode(), outcome.error()));
        }
        if (outcome.error() != null) {
            update.set(JobFields.ERROR, outcome.error());
        }
        AttemptStart start = outcome.start();
        if (start != null) {
            update.min(JobFields.STARTED_AT, Date.from(start.plausible(finished.jobId(), now)))
                .set(JobFields.WORKER, start.worker());
        }
        return addWords(update, (start != null) ? start.worker() : null, outcome.error());
    }

    private static Update addWords(Update update, @Nullable String... texts) {
        Object[] words = Arrays.stream(texts)
            .filter(Objects::nonNull)
            .flatMap((text) -> SearchWords.ofAttempt(text).stream())
            .toArray();
        return (words.length > 0) ? update.addToSet(JobFields.ATTEMPT_WORDS).each(words) : update;
    }

    private static Update finish(JobStatus status, Instant now, JobEvent event) {
        return moveTo(status, now, event).set(JobFields.COMPLETED_AT, now)
            .unset(JobFields.DISPATCH_DUE)
            .rename(JobFields.WEBHOOK_ARMED, JobFields.WEBHOOK_DUE); // of jobs without a
                                                                     // webhook, nothing
    }

    private static Update moveTo(JobStatus status, Instant now, JobEvent event) {
        return event.added()
            .set(JobFields.STATUS, status)
            .set(JobFields.UPDATED_AT, now)
            .unset(JobFields.DEADLINE)
            .unset(JobFields.START_BY);
    }

    static Query openAttempt(String id, int attempt) {
        return thatCanBecome(id, attempt, JobStatus.COMPLETED);
    }

    private static Query thatCanBecome(String id, int attempt, JobStatus next) {
        return byId(id).addCriteria(Criteria.where(JobFields.STATUS).in(JobStatus.thatCanBecome(next)))
            .addCriteria(Criteria.where(JobFields.ATTEMPT).is(attempt));
    }

    private static Query byId(String id) {
        return Query.query(Criteria.where(JobFields.ID).is(id));
    }

}
