package dev.jobprocessor.api.dispatch;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobDocuments;
import dev.jobprocessor.api.jobs.JobEvent;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.JobStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import org.springframework.util.Assert;

/** The jobs that wait to be published, as the database knows them. */
@Component
class Outbox {

    /** Due since ever: the relay takes it at once. */
    private static final Instant OVERDUE = Instant.EPOCH;

    /** So that counting costs the same however long the broker is away. */
    static final int MOST_COUNTED = 100_000;

    static final int BATCH = 1000;

    private final JobDocuments documents;

    Outbox(JobDocuments documents) {
        this.documents = documents;
    }

    /** Reads one index entry. */
    boolean isAnyDue(Instant now) {
        return this.documents.count(due(now).limit(1)) > 0;
    }

    /**
     * Finds jobs that are the relay's to publish, longest overdue first, as far as
     * publishing needs them: without their histories.
     * @param limit at least 1; to MongoDB, 0 is no limit
     */
    List<Job> due(Instant now, int limit) {
        Assert.isTrue(limit > 0, "limit must be positive");
        Query due = due(now).with(Sort.by(JobFields.DISPATCH_DUE)).limit(limit);
        due.fields().exclude(JobFields.RESULT, JobFields.WORDS, JobFields.SEARCHED_TEXT, JobFields.HISTORY);
        return this.documents.find(due);
    }

    private static Query due(Instant now) {
        return Query.query(Criteria.where(JobFields.DISPATCH_DUE).lte(now));
    }

    /**
     * Looks at the index of due jobs alone, and at the first of them.
     * @param end jobs that the relay publishes after that are deferred and do not count
     */
    Backlog backlog(Instant end) {
        Query due = Query.query(Criteria.where(JobFields.DISPATCH_DUE).gte(OVERDUE).lte(end));
        long jobs = this.documents.count(due.limit(MOST_COUNTED));
        due.fields().exclude(JobFields.RESULT, JobFields.WORDS, JobFields.SEARCHED_TEXT);
        return new Backlog(jobs,
                this.documents.find(due.with(Sort.by(JobFields.DISPATCH_DUE)).limit(1))
                    .stream()
                    .findFirst()
                    .map(Job::waitingSince)
                    .orElse(null));
    }

    /**
     * Takes a job for one relay alone: to the others it is not due until then.
     * @return false where another relay, or the broker's confirm, came first
     */
    boolean lease(Job job, Instant now, Instant until) {
        Query due = Query.query(Criteria.where(JobFields.ID)
            .is(job.id())
            .and(JobFields.ATTEMPT)
            .is(job.attempt())
            .and(JobFields.DISPATCH_DUE)
            .lte(now));
        Update update = Update.update(JobFields.DISPATCH_DUE, until);
        return this.documents.updateFirst(due, update);
    }

    void markSent(List<SentJob> sent, Instant now) {
        Map<Publication, List<String>> idsByPublication = sent.stream()
            .collect(Collectors.groupingBy(Publication::of, Collectors.mapping(SentJob::id, Collectors.toList())));
        idsByPublication.forEach((publication, ids) -> {
            Query attempts = Query.query(publication.of(ids));
            Update update = new JobEvent(JobEvent.Type.PUBLISHED, now, publication.attempt(), null).added()
                .set(JobFields.SENT_AT, now)
                .unset(JobFields.DISPATCH_DUE);
            this.documents.updateAll(attempts, update);
        });
    }

    /**
     * Makes all published, unfinished jobs due again.
     * @return how many there were
     */
    long redispatch(Instant createdBefore) {
        return makeDue(() -> pending().and(JobFields.SENT_AT).gt(OVERDUE).and(JobFields.CREATED_AT).lt(createdBefore));
    }

    /**
     * Makes jobs due again that no worker started since they were published.
     * @return how many there were
     */
    long redispatchUnstarted(Instant sentBefore) {
        return makeDue(() -> pending().and(JobFields.SENT_AT).lt(sentBefore).and(JobFields.STARTED_AT).exists(false));
    }

    private static Criteria pending() {
        return Criteria.where(JobFields.STATUS).is(JobStatus.PENDING);
    }

    /** Updates bounded batches: none takes long, and to repeat one does no harm. */
    private long makeDue(Supplier<Criteria> jobs) {
        long due = 0;
        for (List<String> ids = next(jobs.get()); !ids.isEmpty(); ids = next(jobs.get())) {
            due += makeDue(jobs.get().and(JobFields.ID).in(ids));
        }
        return due;
    }

    private List<String> next(Criteria jobs) {
        return this.documents.findIds(Query.query(jobs).with(Sort.by(JobFields.SENT_AT)).limit(BATCH));
    }

    private long makeDue(Criteria jobs) {
        Update update = new Update().set(JobFields.DISPATCH_DUE, OVERDUE)
            .unset(JobFields.SENT_AT)
            .unset(JobFields.STARTED_AT)
            .unset(JobFields.WORKER)
            .unset(JobFields.CLAIM)
            .unset(JobFields.DEADLINE);
        return this.documents.updateAll(Query.query(jobs), update);
    }

    /**
     * What waits to be published.
     *
     * @param jobs how many, at most {@value #MOST_COUNTED}
     * @param oldest since when the first in turn has waited
     */
    record Backlog(long jobs, @Nullable Instant oldest) {
    }

    /**
     * A job whose message a broker confirmed.
     *
     * @param deferredUntil what it was published after, if anything
     */
    record SentJob(String id, int attempt, @Nullable Instant deferredUntil) {
    }

    /** What a confirm is good for: an attempt that was not deferred since. */
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
