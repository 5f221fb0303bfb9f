package dev.jobprocessor.api.stats;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.jobprocessor.api.database.LongOperations;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobDocuments;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.JobStatus;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** Counts the stored jobs. */
@Component
class JobCensus {

    private static final Sort OLDEST_FIRST = Sort.by(JobFields.CREATED_AT, JobFields.ID);

    static final Duration COUNT_TIMEOUT = Duration.ofMinutes(5);

    private final MongoOperations mongo;

    private final JobDocuments documents;

    private final LongOperations longOperations;

    JobCensus(MongoOperations mongo, JobDocuments documents, LongOperations longOperations) {
        this.mongo = mongo;
        this.documents = documents;
        this.longOperations = longOperations;
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
     * Passes over running jobs, which are the oldest but for those that came back to
     * wait, and over scheduled and deferred ones, which wait for a time and not for a
     * worker.
     */
    @Nullable Instant oldestWaiting(Instant now) {
        Query waiting = Query.query(having(JobStatus.PENDING).and(JobFields.STARTED_AT)
            .exists(false)
            .and(JobFields.NEXT_ATTEMPT_AT)
            .not()
            .gt(now)
            .and(JobFields.RUN_AT)
            .not()
            .gt(now));
        waiting.fields().include(JobFields.CREATED_AT).include(JobFields.RUN_AT);
        waiting.with(OLDEST_FIRST).limit(1);
        return Optional.ofNullable(this.mongo.findOne(waiting, Document.class, this.mongo.getCollectionName(Job.class)))
            .map((job) -> job.getDate(job.containsKey(JobFields.RUN_AT) ? JobFields.RUN_AT : JobFields.CREATED_AT)
                .toInstant())
            .orElse(null);
    }

    private static Criteria having(JobStatus status) {
        return Criteria.where(JobFields.STATUS).is(status);
    }

}
