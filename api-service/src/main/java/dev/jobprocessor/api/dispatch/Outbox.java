package dev.jobprocessor.api.dispatch;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobDocuments;
import dev.jobprocessor.api.jobs.JobEvent;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.JobQueues;
import dev.jobprocessor.api.jobs.JobStatus;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import org.springframework.util.Assert;

/** The jobs in the database that wait to be published. */
@Component
class Outbox {

    /** Overdue: the relay publishes it at once. */
    private static final Instant OVERDUE = Instant.EPOCH;

    /** Bounds the cost of counting however long the broker is unavailable. */
    static final int MAX_COUNTED = 100_000;

    static final int BATCH = 1000;

    private final JobDocuments documents;

    Outbox(JobDocuments documents) {
        this.documents = documents;
    }

    /** Finds when the next job is due: reads one index entry. */
    Optional<Instant> nextDue() {
        Query first = Query.query(Criteria.where(JobFields.DISPATCH_DUE).gte(OVERDUE))
            .with(Sort.by(JobFields.DISPATCH_DUE))
            .limit(1);
        return this.documents.findTime(first, JobFields.DISPATCH_DUE);
    }

    /**
     * Finds jobs that the relay has to publish by some time, longest overdue first.
     * @param limit at least 1; to MongoDB, 0 is no limit
     */
    List<DueJob> due(Instant end, int limit) {
        Assert.isTrue(limit > 0, "limit must be positive");
        Query due = Query.query(Criteria.where(JobFields.DISPATCH_DUE).lte(end));
        return this.documents.findTimes(due.with(Sort.by(JobFields.DISPATCH_DUE)).limit(limit), JobFields.DISPATCH_DUE)
            .entrySet()
            .stream()
            .map((job) -> new DueJob(job.getKey(), job.getValue()))
            .toList();
    }

    /**
     * Reads the index of due jobs and the first of them.
     * @param end jobs that the relay publishes after that are scheduled or deferred and
     * do not count
     */
    Backlog backlog(Instant end) {
        Query due = Query.query(Criteria.where(JobFields.DISPATCH_DUE).gte(OVERDUE).lte(end));
        long jobs = this.documents.count(due.limit(MAX_COUNTED));
        return new Backlog(jobs, this.documents.waitingSince(due.with(Sort.by(JobFields.DISPATCH_DUE))).orElse(null));
    }

    /**
     * Leases jobs to one relay: for the others they are not due until then. It is one
     * update for all of them, so that its write concern is awaited once. Those that are
     * not due by then any more, as another relay or the broker's confirm was first, are
     * left out.
     */
    Lease lease(List<DueJob> jobs, Instant end, Instant until) {
        Lease lease = new Lease(new ObjectId(), until);
        Query due = Query.query(Criteria.where(JobFields.ID).in(ids(jobs)).and(JobFields.DISPATCH_DUE).lte(end));
        this.documents.updateAll(due,
                Update.update(JobFields.DISPATCH_DUE, until).set(JobFields.DISPATCH_LEASE, lease.id()));
        return lease;
    }

    private static List<String> ids(List<DueJob> jobs) {
        return jobs.stream().map(DueJob::id).toList();
    }

    /**
     * Reads leased jobs to publish them.
     * @return those that are still leased and have not expired, without results and
     * histories
     */
    List<Job> leased(Lease lease, List<String> ids, Instant now) {
        Query leased = Query.query(held(lease).and(JobFields.ID).in(ids).and(JobFields.START_BY).not().lte(now));
        leased.fields().exclude(JobFields.RESULT, JobFields.WORDS, JobFields.SEARCHED_TEXT, JobFields.HISTORY);
        return this.documents.find(leased);
    }

    private static Criteria held(Lease lease) {
        return Criteria.where(JobFields.DISPATCH_LEASE).is(lease.id()).and(JobFields.DISPATCH_DUE).is(lease.until());
    }

    /** Gives leased jobs back: any relay publishes them when they are due. */
    void release(Lease lease, List<DueJob> jobs) {
        jobs.stream()
            .collect(Collectors.groupingBy(DueJob::due))
            .forEach((due, same) -> this.documents.updateAll(Query.query(held(lease).and(JobFields.ID).in(ids(same))),
                    Update.update(JobFields.DISPATCH_DUE, due).unset(JobFields.DISPATCH_LEASE)));
    }

    void markSent(List<SentJob> sent, Instant now) {
        Map<Publication, List<String>> idsByPublication = sent.stream()
            .collect(Collectors.groupingBy(Publication::of, Collectors.mapping(SentJob::id, Collectors.toList())));
        idsByPublication.forEach((publication, ids) -> {
            Query attempts = Query.query(publication.of(ids));
            Update update = new JobEvent(JobEvent.Type.PUBLISHED, now, publication.attempt(), null).added()
                .set(JobFields.SENT_AT, now)
                .unset(JobFields.DISPATCH_DUE)
                .unset(JobFields.DISPATCH_LEASE);
            this.documents.updateAll(attempts, update);
        });
    }

    /**
     * Makes all published, unfinished jobs due again.
     * @param sentBefore what the relay publishes again meanwhile is sent later
     * @return how many there were
     */
    long redispatch(Instant createdBefore, Instant sentBefore) {
        return makeDue(() -> pending().and(JobFields.SENT_AT)
            .gt(OVERDUE)
            .lt(sentBefore)
            .and(JobFields.CREATED_AT)
            .lt(createdBefore));
    }

    /**
     * Makes jobs due again that no worker started since they were published.
     * @param queues of which jobs
     * @return how many there were
     */
    long redispatchUnstarted(Instant sentBefore, Set<String> queues) {
        return queues.isEmpty() ? 0
                : makeDue(() -> pending().and(JobFields.SENT_AT)
                    .lt(sentBefore)
                    .and(JobFields.STARTED_AT)
                    .exists(false)
                    .and(JobFields.QUEUE)
                    .in(JobQueues.stored(queues)));
    }

    private static Criteria pending() {
        return Criteria.where(JobFields.STATUS).is(JobStatus.PENDING);
    }

    /** Updates in bounded batches, each of which is idempotent. */
    private long makeDue(Supplier<Criteria> jobs) {
        long due = 0;
        for (List<String> ids = next(jobs.get()); !ids.isEmpty(); ids = next(jobs.get())) {
            due += makeDue(jobs, ids);
        }
        return due;
    }

    private List<String> next(Criteria jobs) {
        return this.documents
            .findIds(Query.query(jobs).with(Sort.by(JobFields.STARTED_AT, JobFields.SENT_AT)).limit(BATCH));
    }

    /** A job that was never started still expires. */
    private long makeDue(Supplier<Criteria> jobs, List<String> ids) {
        Criteria started = jobs.get().and(JobFields.ID).in(ids).and(JobFields.START_BY).exists(false);
        Criteria expiring = jobs.get().and(JobFields.ID).in(ids).and(JobFields.START_BY).exists(true);
        return makeDue(started, due().unset(JobFields.DEADLINE)) + makeDue(expiring, due());
    }

    private long makeDue(Criteria jobs, Update update) {
        return this.documents.updateAll(Query.query(jobs), update);
    }

    private static Update due() {
        return new Update().set(JobFields.DISPATCH_DUE, OVERDUE)
            .unset(JobFields.SENT_AT)
            .unset(JobFields.STARTED_AT)
            .unset(JobFields.WORKER)
            .unset(JobFields.ATTEMPT_WORDS)
            .unset(JobFields.CLAIM)
            .unset(JobFields.PROGRESS);
    }

    /**
     * What waits to be published.
     *
     * @param jobs how many, at most {@value #MAX_COUNTED}
     * @param oldest since when the first of them has waited
     */
    record Backlog(long jobs, @Nullable Instant oldest) {
    }

    /**
     * A job that waits to be published.
     *
     * @param due when it must be
     */
    record DueJob(String id, Instant due) {
    }

    /**
     * Says which relay publishes jobs.
     *
     * @param until when the others publish them, unless it has
     */
    record Lease(ObjectId id, Instant until) {
    }

    /**
     * A job whose message a broker confirmed.
     *
     * @param deferredUntil the deferral after which it was published, if any
     */
    record SentJob(String id, int attempt, @Nullable Instant deferredUntil) {
    }

    /** What a confirm applies to: an attempt that was not deferred since. */
    private record Publication(int attempt, @Nullable Instant deferredUntil) {

        static Publication of(SentJob job) {
            return new Publication(job.attempt(), job.deferredUntil());
        }

        Criteria of(List<String> ids) {
            return Criteria.where(JobFields.ID)
                .in(ids)
                .and(JobFields.ATTEMPT)
                .is(this.attempt)
                .and(JobFields.NEXT_ATTEMPT_AT)
                .is(this.deferredUntil);
        }

    }

}
