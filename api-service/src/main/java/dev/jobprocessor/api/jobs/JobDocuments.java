package dev.jobprocessor.api.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

import org.springframework.data.mongodb.core.BulkOperations;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.data.util.Pair;
import org.springframework.stereotype.Component;

/**
 * The stored documents of jobs. Each update raises the version of what it changes. Of
 * what is asked for and written here, Spring is not told that these are {@link Job}s: it
 * would look up each field there, and throw and catch an exception for those that only
 * the database needs.
 */
@Component
public class JobDocuments {

    private final MongoOperations mongo;

    private final OperationLimit limit;

    private final String collection;

    JobDocuments(MongoOperations mongo, OperationLimit limit) {
        this.mongo = mongo;
        this.limit = limit;
        this.collection = mongo.getCollectionName(Job.class);
    }

    Optional<Job> findById(String id) {
        Query byId = Query.query(Criteria.where(JobFields.ID).is(id));
        return this.limit.run(() -> find(byId)).stream().findFirst();
    }

    OptionalLong version(String id) {
        Query byId = Query.query(Criteria.where(JobFields.ID).is(id));
        byId.fields().include(JobFields.VERSION);
        Document found = this.limit.run(() -> this.mongo.findOne(byId, Document.class, this.collection));
        return (found != null) ? OptionalLong.of(found.get(JobFields.VERSION, 0L)) : OptionalLong.empty();
    }

    Map<String, Long> versions(Collection<String> ids) {
        Query all = Query.query(Criteria.where(JobFields.ID).in(ids));
        all.fields().include(JobFields.VERSION);
        return this.limit.run(() -> this.mongo.find(all, Document.class, this.collection))
            .stream()
            .collect(Collectors.toMap((job) -> job.getObjectId(JobFields.ID).toHexString(),
                    (job) -> job.get(JobFields.VERSION, 0L)));
    }

    /** Finds timeouts of jobs whose client named one; they never change. */
    Map<String, Duration> timeouts(Collection<String> ids) {
        Query named = Query.query(Criteria.where(JobFields.ID).in(ids).and(JobFields.TIMEOUT_SECONDS).gt(0));
        named.fields().include(JobFields.TIMEOUT_SECONDS);
        return this.limit.run(() -> this.mongo.find(named, Document.class, this.collection))
            .stream()
            .collect(Collectors.toMap((job) -> job.getObjectId(JobFields.ID).toHexString(),
                    (job) -> Duration.ofSeconds(job.getInteger(JobFields.TIMEOUT_SECONDS))));
    }

    /** Finds which of these jobs are PENDING, and their current attempts. */
    public Map<String, OpenAttempt> openAttempts(Collection<String> ids) {
        Query open = Query.query(Criteria.where(JobFields.ID).in(ids).and(JobFields.STATUS).is(JobStatus.PENDING));
        open.fields().include(JobFields.ATTEMPT, JobFields.RUNS);
        return this.limit.run(() -> this.mongo.find(open, Document.class, this.collection))
            .stream()
            .collect(Collectors.toMap((job) -> job.getObjectId(JobFields.ID).toHexString(),
                    (job) -> new OpenAttempt(job.getInteger(JobFields.ATTEMPT),
                            OutputReported.begin(job.getInteger(JobFields.RUNS)))));
    }

    public List<Job> find(Query query) {
        return this.mongo.find(query, Document.class, this.collection).stream().map(this::job).toList();
    }

    /** Reads no more than the ids. */
    public List<String> findIds(Query query) {
        query.fields().include(JobFields.ID);
        return this.mongo.find(query, Document.class, this.collection)
            .stream()
            .map((job) -> job.getObjectId(JobFields.ID).toHexString())
            .toList();
    }

    /** Reads no more than the ids and this field, in the order of the query. */
    public Map<String, Instant> findTimes(Query query, String field) {
        query.fields().include(JobFields.ID, field);
        Map<String, Instant> times = new LinkedHashMap<>();
        this.mongo.find(query, Document.class, this.collection)
            .forEach((job) -> times.put(job.getObjectId(JobFields.ID).toHexString(), job.getDate(field).toInstant()));
        return times;
    }

    /** Reads no more than this field of the first that there is. */
    public Optional<Instant> findTime(Query query, String field) {
        query.fields().include(field).exclude(JobFields.ID);
        return Optional.ofNullable(this.mongo.findOne(query, Document.class, this.collection))
            .map((job) -> job.getDate(field).toInstant());
    }

    /** Since when the first that there is waits for a worker. */
    public Optional<Instant> waitingSince(Query query) {
        query.limit(1).fields().exclude(JobFields.RESULT, JobFields.WORDS, JobFields.SEARCHED_TEXT);
        return find(query).stream().findFirst().map(Job::waitingSince);
    }

    boolean exists(Query query) {
        return this.limit.run(() -> this.mongo.exists(query, this.collection));
    }

    public long count(Query query) {
        return this.mongo.count(query, this.collection);
    }

    /**
     * Updates the first that there is.
     * @return whether there was one that this changed
     */
    public boolean updateFirst(Query query, Update update) {
        return this.limit.run(() -> this.mongo.updateFirst(query, counted(update), this.collection))
            .getModifiedCount() == 1;
    }

    /**
     * Updates all.
     * @return how many this changed
     */
    public long updateAll(Query query, Update update) {
        return this.mongo.updateMulti(query, counted(update), this.collection).getModifiedCount();
    }

    /**
     * Updates the first that there is.
     * @return the job as it is then; null where there is none
     */
    @Nullable Job change(Query query, Update update) {
        Document changed = this.limit.run(() -> this.mongo.findAndModify(query, counted(update),
                FindAndModifyOptions.options().returnNew(true), Document.class, this.collection));
        return (changed != null) ? job(changed) : null;
    }

    /** Sends all updates together; each of them fails or succeeds by itself. */
    void updateEach(List<Pair<Query, Update>> updates) {
        BulkOperations bulk = this.mongo.bulkOps(BulkMode.UNORDERED, this.collection);
        updates.forEach((update) -> bulk.updateOne(update.getFirst(), counted(update.getSecond())));
        bulk.execute();
    }

    /**
     * Sends all updates together.
     * @return the jobs that this query finds then
     */
    List<Job> changeEach(List<Pair<Query, Update>> updates, Query changed) {
        return this.limit.run(() -> {
            updateEach(updates);
            return find(changed);
        });
    }

    /**
     * Deletes the first that there is.
     * @return the job as it was; null where there is none
     */
    @Nullable Job remove(Query query) {
        Document removed = this.limit.run(() -> this.mongo.findAndRemove(query, Document.class, this.collection));
        return (removed != null) ? job(removed) : null;
    }

    private static Update counted(Update update) {
        return update.inc(JobFields.VERSION, 1L);
    }

    /** Jobs stored by earlier releases have no version. */
    public Job job(Document document) {
        document.putIfAbsent(JobFields.VERSION, 0L);
        return this.mongo.getConverter().read(Job.class, document);
    }

}
