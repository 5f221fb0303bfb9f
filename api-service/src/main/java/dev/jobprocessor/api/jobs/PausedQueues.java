package dev.jobprocessor.api.jobs;

import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;

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

    private final MongoOperations mongo;

    private final OperationLimit limit;

    private final Clock clock;

    PausedQueues(MongoOperations mongo, OperationLimit limit, Clock clock) {
        this.mongo = mongo;
        this.limit = limit;
        this.clock = clock;
    }

    /** Reads their names, of which there are few. */
    public Set<String> names() {
        return this.limit.run(() -> this.mongo.findAll(Document.class, COLLECTION))
            .stream()
            .map((queue) -> queue.getString(NAME))
            .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns once each claim of such a job that follows is refused. */
    public void pause(String queue) {
        this.mongo.upsert(byName(queue), new Update().setOnInsert(SINCE, this.clock.instant()), COLLECTION);
    }

    public void resume(String queue) {
        this.mongo.remove(byName(queue), COLLECTION);
    }

    private static Query byName(String queue) {
        return Query.query(Criteria.where(NAME).is(queue));
    }

}
