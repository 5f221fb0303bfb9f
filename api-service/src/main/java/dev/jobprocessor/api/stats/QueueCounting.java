package dev.jobprocessor.api.stats;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobChanged;
import dev.jobprocessor.api.jobs.JobQueues;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.shutdown.LastWrite;

import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Counts, by queue, what this instance started and finished, and stores many of it by one
 * update for each {@link Series}. What a killed instance had not stored, a second's work,
 * is missing from the charts.
 */
@Component
class QueueCounting implements LastWrite {

    /** In milliseconds. */
    static final int STORE_DELAY = 1000;

    /** Reporters name error codes: further ones are counted together. */
    static final int MAX_CODES = 50;

    static final String OTHERS = "other";

    private final MongoOperations mongo;

    private final JobQueues queues;

    private final Clock clock;

    private final DatabaseErrors databaseErrors;

    private final Set<String> codes = new HashSet<>();

    private QueueTally tally = new QueueTally();

    QueueCounting(MongoOperations mongo, JobQueues queues, Clock clock, DatabaseErrors databaseErrors) {
        this.mongo = mongo;
        this.queues = queues;
        this.clock = clock;
        this.databaseErrors = databaseErrors;
    }

    @EventListener
    synchronized void changed(JobChanged change) {
        Job job = change.job();
        if (!this.queues.contains(job.queue()) || change.before() == null) {
            return;
        }
        if (change.before() != job.status()) {
            finished(change.before(), job);
        }
        else if (job.status() == JobStatus.PENDING) {
            started(job);
        }
    }

    private void started(Job job) {
        if (job.startedAt() != null) {
            this.tally.addTime(job.queue(), QueueTally.WAIT, job.startedAt(),
                    Duration.between(job.waitingSince(), job.startedAt()));
        }
    }

    private void finished(JobStatus before, Job job) {
        Instant end = Objects.requireNonNullElse(job.completedAt(), job.updatedAt());
        if (!job.wasSeenRunning()) {
            started(job);
        }
        if (job.status() == JobStatus.COMPLETED) {
            this.tally.add(job.queue(), QueueTally.COMPLETED, end, 1);
            if (job.startedAt() != null && before == JobStatus.PENDING) {
                this.tally.addTime(job.queue(), QueueTally.RUN, end, Duration.between(job.startedAt(), end));
            }
        }
        else if (job.status() == JobStatus.FAILED) {
            String code = counted(Objects.requireNonNullElse(job.errorCode(), OTHERS));
            this.tally.add(job.queue(), QueueTally.FAILED, end, 1);
            this.tally.add(job.queue(), QueueTally.ERRORS + "." + QueueTally.key(code), end, 1);
        }
    }

    private String counted(String code) {
        boolean known = this.codes.contains(code) || this.codes.size() < MAX_CODES && this.codes.add(code);
        return known ? code : OTHERS;
    }

    @Override
    public void stop() {
        store();
    }

    /** Stores what was counted; what is not stored is kept for the next time. */
    @Scheduled(fixedDelay = STORE_DELAY)
    void store() {
        QueueTally batch = take();
        try {
            Iterator<Map.Entry<QueueTally.Slot, Map<String, Long>>> slots = batch.slots().entrySet().iterator();
            while (slots.hasNext()) {
                Map.Entry<QueueTally.Slot, Map<String, Long>> slot = slots.next();
                add(slot.getKey(), slot.getValue());
                slots.remove();
            }
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("What queues finished is counted later", ex);
            putBack(batch);
        }
    }

    private synchronized QueueTally take() {
        QueueTally taken = this.tally;
        this.tally = new QueueTally();
        return taken;
    }

    private synchronized void putBack(QueueTally batch) {
        this.tally.addAll(batch);
    }

    /** An upsert fails where another instance inserts the same document. */
    private void add(QueueTally.Slot slot, Map<String, Long> counts) {
        Query query = Query.query(Criteria.where("_id").is(slot.start()));
        Update update = new Update();
        counts.forEach(update::inc);
        try {
            this.mongo.upsert(query, update, slot.series().collection());
        }
        catch (DuplicateKeyException ex) {
            this.mongo.upsert(query, update, slot.series().collection());
        }
    }

    /** Deletes what no chart shows any more. */
    @Scheduled(fixedDelay = 10, initialDelay = 1, timeUnit = TimeUnit.MINUTES)
    void forget() {
        try {
            for (Series series : Series.values()) {
                Instant first = series.firstSlot(this.clock.instant());
                this.mongo.remove(Query.query(Criteria.where("_id").lt(first)), series.collection());
            }
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("What queues finished long ago is deleted later", ex);
        }
    }

}
