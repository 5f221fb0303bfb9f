package dev.jobprocessor.api.stats;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

import dev.jobprocessor.api.database.LongOperations;
import dev.jobprocessor.api.jobs.DispatchTimes;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobDocuments;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.JobStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** Counts the stored jobs. */
@Component
class JobCensus {

    static final Duration COUNT_TIMEOUT = Duration.ofMinutes(5);

    private final MongoOperations mongo;

    private final JobDocuments documents;

    private final LongOperations longOperations;

    private final DispatchTimes dispatch;

    JobCensus(MongoOperations mongo, JobDocuments documents, LongOperations longOperations, DispatchTimes dispatch) {
        this.mongo = mongo;
        this.documents = documents;
        this.longOperations = longOperations;
        this.dispatch = dispatch;
    }

    /**
     * Looks at an index entry of every such job, which takes long where there are
     * millions.
     */
    long count(JobStatus status) {
        return this.longOperations.within(COUNT_TIMEOUT)
            .count(Query.query(having(status)), this.mongo.getCollectionName(Job.class));
    }

    /**
     * Looks at index entries of jobs with a deadline: running, deferred and expiring
     * ones.
     */
    long running() {
        return this.documents.count(Query
            .query(Criteria.where(JobFields.DEADLINE).gt(Instant.EPOCH).and(JobFields.STARTED_AT).gt(Instant.EPOCH)));
    }

    /**
     * Looks at what has to be published by now, then at what was published and no worker
     * started: the first of each, whatever runs, is scheduled or deferred.
     */
    @Nullable Instant oldestWaiting(Instant now) {
        Query due = Query
            .query(Criteria.where(JobFields.DISPATCH_DUE).gte(Instant.EPOCH).lte(this.dispatch.relayFrom(now)))
            .with(Sort.by(JobFields.DISPATCH_DUE));
        Query published = Query
            .query(having(JobStatus.PENDING).and(JobFields.STARTED_AT)
                .exists(false)
                .and(JobFields.SENT_AT)
                .gt(Instant.EPOCH))
            .with(Sort.by(JobFields.SENT_AT));
        return Stream.of(due, published)
            .flatMap((first) -> this.documents.waitingSince(first).stream())
            .min(Comparator.naturalOrder())
            .orElse(null);
    }

    private static Criteria having(JobStatus status) {
        return Criteria.where(JobFields.STATUS).is(status);
    }

}
