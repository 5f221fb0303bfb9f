package dev.jobprocessor.api.bulk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import dev.jobprocessor.api.database.LongOperations;
import dev.jobprocessor.api.database.PageCursor;
import dev.jobprocessor.api.filters.JobQuery;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobAction;
import dev.jobprocessor.api.jobs.JobConflict;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.JobNotFound;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.jobs.Jobs;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/**
 * Counts the jobs of an operation, and acts on them batch by batch, newest first. Those
 * alone are its jobs that were created, and ended where they have to have ended, before
 * it was requested: what becomes of them afterwards makes none match again.
 */
@Component
class BulkJobs {

    static final int BATCH = 100;

    private static final int AT_ONCE = 5;

    /** Of each query, for which no more than one caller waits. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** A batch ends then, long before its lease. */
    private static final Duration MAX_BATCH = Duration.ofSeconds(10);

    private final Jobs jobs;

    private final MongoOperations mongo;

    private final String collection;

    BulkJobs(Jobs jobs, LongOperations operations, MongoOperations mongo) {
        this.jobs = jobs;
        this.mongo = operations.within(TIMEOUT);
        this.collection = mongo.getCollectionName(Job.class);
    }

    long count(JobAction action, BulkFilter filter, Instant now) {
        Query query = query(action, filter, now, null);
        return (query != null) ? this.mongo.count(query, this.collection) : 0;
    }

    /** Finds the jobs of the next batch. */
    List<BulkJob> next(BulkOperation operation) {
        Query query = query(operation.action(), operation.filter(), operation.requestedAt(), operation.last());
        return (query != null) ? find(query.limit(BATCH)) : List.of();
    }

    private List<BulkJob> find(Query query) {
        query.fields().include(JobFields.ID, JobFields.CREATED_AT, JobFields.ATTEMPT);
        return this.mongo.find(query, Document.class, this.collection)
            .stream()
            .map((job) -> new BulkJob(job.getObjectId(JobFields.ID).toHexString(), job.getInteger(JobFields.ATTEMPT),
                    job.getDate(JobFields.CREATED_AT).toInstant()))
            .toList();
    }

    /**
     * Acts on the jobs of a batch. Where an instance left it unfinished, what that did
     * counts as done.
     */
    BulkBatch act(BulkOperation operation, List<BulkJob> jobs) {
        long end = System.nanoTime() + MAX_BATCH.toNanos();
        int done = 0;
        int seen = 0;
        while (seen < jobs.size() && System.nanoTime() - end < 0) {
            List<BulkJob> some = jobs.subList(seen, Math.min(seen + AT_ONCE, jobs.size()));
            done += actAtOnce(operation, some);
            seen += some.size();
        }
        return new BulkBatch(done, seen - done, (seen > 0) ? jobs.get(seen - 1).cursor() : null,
                seen == jobs.size() && seen < BATCH);
    }

    /** Returns to how many of them this was done. */
    private int actAtOnce(BulkOperation operation, List<BulkJob> jobs) {
        List<CompletableFuture<Boolean>> acts = new ArrayList<>();
        for (BulkJob job : jobs) {
            acts.add(CompletableFuture.supplyAsync(() -> act(operation, job), Thread::startVirtualThread));
        }
        try {
            return (int) acts.stream().filter(CompletableFuture::join).count();
        }
        catch (CompletionException ex) {
            throw (ex.getCause() instanceof RuntimeException failure) ? failure : ex;
        }
    }

    private boolean act(BulkOperation operation, BulkJob job) {
        try {
            this.jobs.act(operation.action(), job.id(), job.attempt());
            return true;
        }
        catch (JobConflict | JobNotFound ex) {
            return operation.batch() != null && isDone(operation.action(), job);
        }
    }

    private boolean isDone(JobAction action, BulkJob seen) {
        Optional<Job> job = this.jobs.find(seen.id());
        return switch (action) {
            case RETRY -> job.filter((found) -> found.attempt() > seen.attempt()).isPresent();
            case CANCEL -> job.filter((found) -> found.status() == JobStatus.CANCELLED).isPresent();
            case DELETE -> job.isEmpty();
        };
    }

    /** Null where there is no job. */
    private static @Nullable Query query(JobAction action, BulkFilter filter, Instant requestedAt,
            @Nullable PageCursor after) {
        JobQuery asked = filter.query().narrowed(action.statuses(), requestedAt.plusMillis(1)).page(BATCH, after);
        if (asked.statuses().isEmpty() || asked.findsNothing()) {
            return null;
        }
        Query query = asked.ordered(requestedAt);
        return (action == JobAction.CANCEL) ? query
                : query.addCriteria(Criteria.where(JobFields.COMPLETED_AT).lte(requestedAt));
    }

}
