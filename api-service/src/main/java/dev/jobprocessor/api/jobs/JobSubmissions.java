package dev.jobprocessor.api.jobs;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** Stores new jobs, together with the note that they wait to be published. */
@Component
class JobSubmissions {

    private final MongoOperations mongo;

    private final JobDocuments documents;

    private final JobInserts inserts;

    private final ApplicationEventPublisher events;

    private final Clock clock;

    private final RequestTrace trace;

    JobSubmissions(MongoOperations mongo, JobDocuments documents, JobInserts inserts, ApplicationEventPublisher events,
            Clock clock, RequestTrace trace) {
        this.mongo = mongo;
        this.documents = documents;
        this.inserts = inserts;
        this.events = events;
        this.clock = clock;
        this.trace = trace;
    }

    /**
     * Stores all jobs or none. Where a key comes again with the same prompts, answers the
     * jobs it made before.
     * @throws IdempotencyConflict if the key came before with other prompts
     */
    Submission submit(List<String> prompts, @Nullable String idempotencyKey) {
        Instant now = this.clock.instant();
        String traceparent = this.trace.parent();
        List<Job> jobs = prompts.stream().map((prompt) -> Job.submitted(prompt, now, traceparent)).toList();
        try {
            insert(jobs, keys(idempotencyKey, prompts.size()), now);
        }
        catch (DuplicateKeyException ex) {
            return replay(prompts, keys(idempotencyKey, prompts.size()));
        }
        jobs.forEach((job) -> {
            this.events.publishEvent(new JobChanged(null, job));
            this.events.publishEvent(new JobDue(job, now));
        });
        return new Submission(jobs, false);
    }

    private void insert(List<Job> jobs, List<String> keys, Instant now) {
        List<Document> documents = new ArrayList<>(jobs.size());
        for (int i = 0; i < jobs.size(); i++) {
            documents.add(document(jobs.get(i), keys.isEmpty() ? null : keys.get(i), now));
        }
        this.inserts.insert(documents);
    }

    private Document document(Job job, @Nullable String key, Instant now) {
        Document document = new Document();
        this.mongo.getConverter().write(job, document);
        document.putAll(SearchWords.of(job.prompt(), job.id()));
        document.put(JobFields.DISPATCH_DUE, now);
        if (key != null) {
            document.put(JobFields.IDEMPOTENCY_KEY, key);
        }
        return document;
    }

    private Submission replay(List<String> prompts, List<String> keys) {
        Query query = Query.query(Criteria.where(JobFields.IDEMPOTENCY_KEY).in(keys));
        List<Job> jobs = this.documents.find(query.with(Sort.by(JobFields.ID)));
        if (!jobs.stream().map(Job::prompt).toList().equals(prompts)) {
            throw new IdempotencyConflict();
        }
        return new Submission(jobs, true);
    }

    private static List<String> keys(@Nullable String idempotencyKey, int prompts) {
        return (idempotencyKey == null) ? List.of()
                : IntStream.range(0, prompts).mapToObj((i) -> idempotencyKey + "#" + i).toList();
    }

}
