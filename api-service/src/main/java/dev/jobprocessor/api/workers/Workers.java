package dev.jobprocessor.api.workers;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import dev.jobprocessor.api.jobs.JobAttempt;

import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/**
 * The workers that were heard of lately: a document each, found by its name. All of them
 * are read where one is looked for otherwise, as there are few.
 */
@Component
class Workers {

    static final String COLLECTION = "workers";

    static final int MAX_SHOWN = 1000;

    static final int MAX_JOBS = 100;

    private static final String NAME = "_id";

    static final String LAST_HEARTBEAT = "lastHeartbeat";

    static final String IN_FLIGHT = "inFlight";

    /** All attempts that the heartbeat listed: too many to be read with each worker. */
    static final String ATTEMPTS = "attempts";

    private static final String DRAINED = "drained";

    private final MongoOperations mongo;

    private final Clock clock;

    Workers(MongoOperations mongo, Clock clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    /** Returns the first {@value #MAX_SHOWN} by name. */
    List<Worker> all() {
        return this.mongo.find(withoutAttempts(new Query()).with(Sort.by(NAME)).limit(MAX_SHOWN), Worker.class,
                COLLECTION);
    }

    /** Stores a heartbeat; that a user drained the worker outlasts it. */
    Worker heard(Heartbeat heartbeat) {
        Update update = Update.update("version", heartbeat.version())
            .set("queues", heartbeat.queues())
            .set(IN_FLIGHT, heartbeat.inFlight())
            .set(ATTEMPTS, heartbeat.attempts().stream().map(Workers::stored).toList())
            .set("jobs", heartbeat.attempts().stream().limit(MAX_JOBS).map(JobAttempt::jobId).toList())
            .set(LAST_HEARTBEAT, this.clock.instant())
            .set("stopping", heartbeat.stopping())
            .set("memory", heartbeat.memory())
            .setOnInsert(DRAINED, false);
        return Objects.requireNonNull(this.mongo.findAndModify(withoutAttempts(byName(heartbeat.name())), update,
                FindAndModifyOptions.options().upsert(true).returnNew(true), Worker.class, COLLECTION));
    }

    /**
     * Has a worker start nothing any more, or go on.
     * @throws WorkerNotFound if no such worker was heard of lately
     */
    Worker drain(String name, boolean drained) {
        Worker worker = this.mongo.findAndModify(withoutAttempts(byName(name)), Update.update(DRAINED, drained),
                FindAndModifyOptions.options().returnNew(true), Worker.class, COLLECTION);
        if (worker == null) {
            throw new WorkerNotFound(name);
        }
        return worker;
    }

    void remove(String name) {
        this.mongo.remove(byName(name), COLLECTION);
    }

    /** Removes a worker unless it was heard of since. */
    void removeUnheard(String name, Instant since) {
        this.mongo.remove(byName(name).addCriteria(Criteria.where(LAST_HEARTBEAT).lt(since)), COLLECTION);
    }

    static Query byName(String name) {
        return Query.query(Criteria.where(NAME).is(name));
    }

    static String stored(JobAttempt attempt) {
        return attempt.jobId() + ":" + attempt.attempt();
    }

    private static Query withoutAttempts(Query query) {
        query.fields().exclude(ATTEMPTS);
        return query;
    }

}
