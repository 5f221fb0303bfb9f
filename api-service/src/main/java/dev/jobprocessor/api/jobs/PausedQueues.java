package dev.jobprocessor.api.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.jobprocessor.api.database.DatabaseSettings;
import dev.jobprocessor.api.database.SharedSnapshot;
import org.bson.Document;

import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/**
 * The queues of which no job may start. A collection with a document for each of them, so
 * that all instances know the same, whoever restarts.
 */
@Component
public class PausedQueues {

    private static final String COLLECTION = "paused-queues";

    private static final String NAME = "_id";

    private static final String SINCE = "since";

    /** How long an instance relies on what it read. */
    private static final Duration MAX_AGE = Duration.ofSeconds(1);

    private final MongoOperations mongo;

    private final Clock clock;

    private final SharedSnapshot<Map<String, Instant>> snapshot;

    PausedQueues(MongoOperations mongo, Clock clock, DatabaseSettings database) {
        this.mongo = mongo;
        this.clock = clock;
        this.snapshot = new SharedSnapshot<>(this::read, MAX_AGE, database.callTimeout());
    }

    public Set<String> names() {
        return since().keySet();
    }

    /** Since when they are paused, read at most once a second however many ask. */
    public Map<String, Instant> since() {
        return this.snapshot.get();
    }

    /** Reads their names as they are now. */
    public Set<String> readNames() {
        return read().keySet();
    }

    private Map<String, Instant> read() {
        return this.mongo.findAll(Document.class, COLLECTION)
            .stream()
            .collect(Collectors.toUnmodifiableMap((queue) -> queue.getString(NAME),
                    (queue) -> queue.getDate(SINCE).toInstant()));
    }

    /**
     * Returns once each claim of such a job that follows is refused, whichever instance
     * gets it: after what the others may still rely on.
     */
    public void pause(String queue) throws InterruptedException {
        this.mongo.upsert(byName(queue), new Update().setOnInsert(SINCE, this.clock.instant()), COLLECTION);
        this.snapshot.invalidate();
        Thread.sleep(MAX_AGE);
    }

    public void resume(String queue) {
        this.mongo.remove(byName(queue), COLLECTION);
        this.snapshot.invalidate();
    }

    private static Query byName(String queue) {
        return Query.query(Criteria.where(NAME).is(queue));
    }

}
