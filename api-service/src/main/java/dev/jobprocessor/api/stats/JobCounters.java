package dev.jobprocessor.api.stats;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.jobprocessor.api.jobs.JobStatus;
import org.bson.Document;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** The stored counters: one document of all statuses, and one a minute. */
@Component
class JobCounters {

    static final String COLLECTION = "job-counters";

    static final String MINUTES = "job-minutes";

    private static final String ID = "_id";

    private static final String STATUSES = "statuses";

    private final MongoOperations mongo;

    JobCounters(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /**
     * Adds each count to its document, and takes from the tally what is stored: what a
     * failure leaves there is not.
     */
    void add(JobTally tally) {
        addStatuses(tally.statuses());
        tally.statuses().clear();
        Iterator<Map.Entry<Instant, JobTally.Minute>> minutes = tally.minutes().entrySet().iterator();
        while (minutes.hasNext()) {
            Map.Entry<Instant, JobTally.Minute> minute = minutes.next();
            add(minute.getKey(), minute.getValue().fields(), MINUTES);
            minutes.remove();
        }
    }

    void addStatuses(Map<JobStatus, Long> changes) {
        if (!changes.isEmpty()) {
            add(STATUSES, changes, COLLECTION);
        }
    }

    /** An upsert fails where another instance inserts the same document. */
    private void add(Object id, Map<?, Long> counts, String collection) {
        try {
            this.mongo.upsert(byId(id), increments(counts), collection);
        }
        catch (DuplicateKeyException ex) {
            this.mongo.upsert(byId(id), increments(counts), collection);
        }
    }

    Map<JobStatus, Long> statuses() {
        Document stored = Objects.requireNonNullElseGet(this.mongo.findById(STATUSES, Document.class, COLLECTION),
                Document::new);
        Map<JobStatus, Long> statuses = new EnumMap<>(JobStatus.class);
        for (JobStatus status : JobStatus.values()) {
            statuses.put(status, count(stored, status.name()));
        }
        return statuses;
    }

    long count(JobStatus status) {
        return statuses().getOrDefault(status, 0L);
    }

    /** Documents of minutes in which jobs finished. */
    List<Document> minutesSince(Instant minute) {
        return this.mongo.find(Query.query(Criteria.where(ID).gte(minute)), Document.class, MINUTES);
    }

    void forgetMinutesBefore(Instant time) {
        this.mongo.remove(Query.query(Criteria.where(ID).lt(time)), MINUTES);
    }

    static long count(Document counts, String field) {
        return (counts.get(field) instanceof Number count) ? count.longValue() : 0;
    }

    private static Query byId(Object id) {
        return Query.query(Criteria.where(ID).is(id));
    }

    private static Update increments(Map<?, Long> counts) {
        Update update = new Update();
        counts.forEach((field, count) -> update.inc(field.toString(), count));
        return update;
    }

}
