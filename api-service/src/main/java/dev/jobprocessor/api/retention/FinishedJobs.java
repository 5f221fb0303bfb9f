package dev.jobprocessor.api.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.jobprocessor.api.database.LongOperations;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.JobStatus;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/**
 * Finds and deletes jobs that finished long ago. No job finished before it was created,
 * so that the index of status and creation finds them.
 */
@Component
class FinishedJobs {

    /** Of each command, of which none has to be quick: nobody waits for it. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final MongoOperations mongo;

    private final String collection;

    FinishedJobs(LongOperations operations, MongoOperations mongo) {
        this.mongo = operations.within(TIMEOUT);
        this.collection = mongo.getCollectionName(Job.class);
    }

    /**
     * Finds those created first, their ids and times alone.
     * @param after the last one that was looked at, which those found follow
     */
    List<Document> find(JobStatus status, Instant before, @Nullable Document after, int limit) {
        Criteria created = finished(status, before).and(JobFields.CREATED_AT).lt(before);
        Query query = Query.query((after != null) ? following(created, after) : created)
            .with(Sort.by(JobFields.CREATED_AT, JobFields.ID))
            .limit(limit);
        query.fields().include(JobFields.ID, JobFields.CREATED_AT, JobFields.COMPLETED_AT, JobFields.WEBHOOK);
        return this.mongo.find(query, Document.class, this.collection);
    }

    private static Criteria following(Criteria created, Document after) {
        Date last = after.getDate(JobFields.CREATED_AT);
        return created.gte(last)
            .orOperator(Criteria.where(JobFields.CREATED_AT).gt(last),
                    Criteria.where(JobFields.ID).gt(after.getObjectId(JobFields.ID)));
    }

    /**
     * Deletes those that are still finished: a user may have retried some.
     * @return the ids of those that are gone
     */
    Set<String> delete(List<Document> jobs, JobStatus status, Instant before) {
        List<ObjectId> ids = jobs.stream().map((job) -> job.getObjectId(JobFields.ID)).toList();
        this.mongo.remove(Query.query(finished(status, before).and(JobFields.ID).in(ids)), this.collection);
        Set<String> gone = new HashSet<>(ids.stream().map(ObjectId::toHexString).toList());
        left(ids).forEach((job) -> gone.remove(job.getObjectId(JobFields.ID).toHexString()));
        return gone;
    }

    private List<Document> left(List<ObjectId> ids) {
        Query left = Query.query(Criteria.where(JobFields.ID).in(ids));
        left.fields().include(JobFields.ID);
        return this.mongo.find(left, Document.class, this.collection);
    }

    private static Criteria finished(JobStatus status, Instant before) {
        return Criteria.where(JobFields.STATUS).is(status).and(JobFields.COMPLETED_AT).lt(before);
    }

}
