package dev.jobprocessor.api.submission;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.mongodb.ReadConcern;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobDocuments;
import dev.jobprocessor.api.jobs.JobFields;
import org.bson.Document;

import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/**
 * Stores the jobs of a group of calls. However many of them repeat known keys, these are
 * found by one query; of calls with the same key at the same time, each stores what the
 * others have not, and all return the same jobs.
 */
@Component
class JobInserter {

    private final MongoOperations mongo;

    private final JobDocuments documents;

    private final BulkInserts inserts;

    private final String collection;

    JobInserter(MongoOperations mongo, JobDocuments documents, BulkInserts inserts) {
        this.mongo = mongo;
        this.documents = documents;
        this.inserts = inserts;
        this.collection = mongo.getCollectionName(Job.class);
    }

    /** Returns when each call has finished. */
    void store(List<SubmitCall> calls) {
        recall(calls);
        calls.forEach(SubmitCall::refuseUnlessKnown);
        for (List<SubmitCall> open = open(calls); !open.isEmpty(); open = open(open)) {
            Map<String, RuntimeException> failures = this.inserts
                .insert(open.stream().flatMap(SubmitCall::due).toList());
            open.forEach((call) -> call.inserted(failures));
            recall(open.stream().filter(SubmitCall::isRefused).toList());
        }
    }

    private List<SubmitCall> open(List<SubmitCall> calls) {
        List<SubmitCall> stored = calls.stream().filter(SubmitCall::isStored).toList();
        stored.stream().filter((call) -> call.unmarked().findAny().isEmpty()).forEach(SubmitCall::succeed);
        mark(stored.stream().flatMap(SubmitCall::unmarked).toList());
        stored.stream().filter((call) -> !call.hasEnded()).forEach(SubmitCall::succeed);
        return calls.stream().filter((call) -> !call.hasEnded()).toList();
    }

    /** From now on, a job of these calls that is missing was deleted. */
    private void mark(List<String> firstJobs) {
        if (!firstJobs.isEmpty()) {
            this.mongo.updateMulti(Query.query(Criteria.where(JobFields.ID).in(firstJobs)),
                    Update.update(JobFields.BATCH_STORED, true), this.collection);
        }
    }

    /** Reads by majority: what is returned to a client must outlive the primary. */
    private void recall(List<SubmitCall> calls) {
        List<String> keys = calls.stream().flatMap(SubmitCall::keys).distinct().toList();
        if (keys.isEmpty()) {
            return;
        }
        Query query = Query.query(Criteria.where(JobFields.IDEMPOTENCY_KEY).in(keys))
            .withReadConcern(ReadConcern.MAJORITY);
        query.fields()
            .exclude(JobFields.WHOLE_RESULT, JobFields.HISTORY, JobFields.WORDS, JobFields.ATTEMPT_WORDS,
                    JobFields.SEARCHED_TEXT);
        Map<String, KnownJob> known = this.mongo.find(query, Document.class, this.collection)
            .stream()
            .collect(Collectors.toMap((job) -> job.getString(JobFields.IDEMPOTENCY_KEY), this::known, (a, b) -> a));
        calls.stream().filter((call) -> call.keys().findAny().isPresent()).forEach((call) -> call.recall(known));
    }

    private KnownJob known(Document job) {
        return new KnownJob(this.documents.job(job), job.getString(JobFields.FINGERPRINT),
                job.getBoolean(JobFields.BATCH_STORED, false));
    }

}
