package dev.jobprocessor.api.stats;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobChanged;
import dev.jobprocessor.api.jobs.JobDeleted;
import dev.jobprocessor.api.jobs.JobEvent;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.jobs.KnownModels;
import dev.jobprocessor.api.jobs.TokensUsed;
import dev.jobprocessor.api.shutdown.LastWrite;

import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Counts the moves that this instance made, and stores many of them by one update. What
 * is lost when an instance is killed in between is corrected by
 * {@link CounterReconciliation}.
 */
@Component
class JobCounting implements LastWrite {

    /** In milliseconds. */
    static final int STORE_DELAY = 200;

    private final JobCounters counters;

    private final KnownModels models;

    private JobTally tally = new JobTally();

    private final DatabaseErrors databaseErrors;

    JobCounting(JobCounters counters, KnownModels models, DatabaseErrors databaseErrors) {
        this.counters = counters;
        this.models = models;
        this.databaseErrors = databaseErrors;
    }

    @EventListener
    synchronized void changed(JobChanged change) {
        Job job = change.job();
        if (change.before() == job.status()) {
            return;
        }
        if (change.before() != null) {
            this.tally.add(change.before(), -1);
        }
        this.tally.add(job.status(), 1);
        if (change.before() == JobStatus.FAILED && job.status() == JobStatus.COMPLETED) {
            superseded(job);
        }
        ended(job);
    }

    @EventListener
    synchronized void used(TokensUsed tokens) {
        QueueModel used = new QueueModel(tokens.queue(), this.models.nameOf(tokens.usage()));
        String field = JobTally.Minute.TOKENS + "." + used.key() + ".";
        JobTally.Minute minute = this.tally.minuteOf(tokens.at());
        minute.add(field + JobTally.Minute.INPUT, tokens.usage().inputTokens());
        minute.add(field + JobTally.Minute.OUTPUT, tokens.usage().outputTokens());
    }

    @EventListener
    synchronized void deleted(JobDeleted deletion) {
        this.tally.add(deletion.before(), -1);
    }

    @Override
    public void stop() {
        store();
    }

    /** Stores what was counted; what is not stored is kept for the next time. */
    @Scheduled(fixedDelay = STORE_DELAY)
    void store() {
        JobTally batch = take();
        if (batch.isEmpty()) {
            return;
        }
        try {
            this.counters.add(batch);
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("Changes are counted later", ex);
            putBack(batch);
        }
    }

    private synchronized JobTally take() {
        JobTally taken = this.tally;
        this.tally = new JobTally();
        return taken;
    }

    private synchronized void putBack(JobTally batch) {
        this.tally.addAll(batch);
    }

    /** The failure was none: it goes from the minute in which it was counted. */
    private void superseded(Job job) {
        job.history()
            .reversed()
            .stream()
            .filter((event) -> event.type() == JobEvent.Type.FAILED)
            .findFirst()
            .ifPresent((failure) -> this.tally.minuteOf(failure.at()).add(JobTally.Minute.FAILED, -1));
    }

    private void ended(Job job) {
        Instant end = Objects.requireNonNullElse(job.completedAt(), job.updatedAt());
        if (job.status() == JobStatus.FAILED) {
            this.tally.minuteOf(end).add(JobTally.Minute.FAILED, 1);
        }
        else if (job.status() == JobStatus.COMPLETED) {
            int range = CompletionTimes.rangeOf(Duration.between(job.requestedAt(), end));
            this.tally.minuteOf(end).add(JobTally.Minute.COMPLETED, 1);
            this.tally.minuteOf(end).add(JobTally.Minute.TIMES + "." + range, 1);
        }
    }

}
