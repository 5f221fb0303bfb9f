package dev.jobprocessor.api.webhooks;

import java.time.Instant;
import java.util.List;

import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobDocuments;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.JobStatus;

import org.springframework.data.mongodb.core.BulkOperations;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Jobs that ended and whose deliveries are not known to be stored. */
@Component
class MarkedJobs {

    /** Each may have a result of 1 MiB. */
    static final int BATCH = 20;

    private final MongoOperations mongo;

    private final JobDocuments documents;

    private final String collection;

    MarkedJobs(MongoOperations mongo, JobDocuments documents) {
        this.mongo = mongo;
        this.documents = documents;
        this.collection = mongo.getCollectionName(Job.class);
    }

    List<Job> find(Instant endedBefore) {
        Query marked = Query
            .query(Criteria.where(JobFields.WEBHOOK_DUE).is(true).and(JobFields.COMPLETED_AT).lte(endedBefore))
            .limit(BATCH);
        marked.fields().exclude(JobFields.WORDS, JobFields.SEARCHED_TEXT, JobFields.HISTORY);
        return this.documents.find(marked).stream().filter((job) -> job.status() != JobStatus.PENDING).toList();
    }

    /**
     * Until their next end, if any. Nobody sees the mark, so that the jobs keep their
     * versions.
     */
    void unmark(List<EndedJob> jobs) {
        BulkOperations updates = this.mongo.bulkOps(BulkMode.UNORDERED, this.collection);
        jobs.forEach((job) -> updates.updateOne(Query.query(Criteria.where(JobFields.ID)
            .is(job.id())
            .and(JobFields.ATTEMPT)
            .is(job.attempt())
            .and(JobFields.STATUS)
            .is(job.status())
            .and(JobFields.WEBHOOK_DUE)
            .is(true)), new Update().rename(JobFields.WEBHOOK_DUE, JobFields.WEBHOOK_ARMED)));
        updates.execute();
    }

}
