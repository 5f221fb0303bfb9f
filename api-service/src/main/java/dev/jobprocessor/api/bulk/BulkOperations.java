package dev.jobprocessor.api.bulk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.jobprocessor.api.bulk.BulkOperation.State;
import dev.jobprocessor.api.database.CollectionIndexes;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/**
 * The stored operations. Those that run are done batch by batch, by whichever instance
 * leases the next one.
 */
@Component
class BulkOperations {

    /** Longer than any batch takes. */
    static final Duration LEASE = Duration.ofMinutes(1);

    static final int MAX_RUNNING = 20;

    /** How many that ended are kept. */
    static final int KEPT = 100;

    private static final String ID = "_id";

    private static final String REQUESTED_AT = "requestedAt";

    private static final String STATE = "state";

    private static final String DUE = "due";

    private static final String LEASED = "lease";

    private static final String BATCH = "batch";

    private final MongoOperations mongo;

    BulkOperations(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /**
     * Stores a new one, and deletes the oldest that ended.
     * @throws TooManyOperations if as many run as may
     */
    void insert(BulkOperation operation) {
        if (this.mongo.count(running(), BulkOperation.class) >= MAX_RUNNING) {
            throw new TooManyOperations();
        }
        this.mongo.insert(operation);
        List<String> old = this.mongo
            .find(newestFirst(Criteria.where(STATE).ne(State.RUNNING)).skip(KEPT).limit(KEPT), BulkOperation.class)
            .stream()
            .map(BulkOperation::id)
            .toList();
        if (!old.isEmpty()) {
            this.mongo.remove(Query.query(Criteria.where(ID).in(old)), BulkOperation.class);
        }
    }

    Optional<BulkOperation> find(String id) {
        return ObjectId.isValid(id) ? Optional.ofNullable(this.mongo.findById(id, BulkOperation.class))
                : Optional.empty();
    }

    /** All that are stored, newest first. */
    List<BulkOperation> all() {
        return this.mongo.find(newestFirst(new Criteria()).limit(MAX_RUNNING + KEPT), BulkOperation.class);
    }

    /** Leases whichever has waited longest. */
    Optional<BulkOperation> lease(Instant now) {
        Query due = Query.query(Criteria.where(DUE).lte(now)).with(Sort.by(DUE));
        return Optional
            .ofNullable(this.mongo.findAndModify(due, Update.update(DUE, now.plus(LEASE)).set(LEASED, new ObjectId()),
                    FindAndModifyOptions.options().returnNew(true), BulkOperation.class));
    }

    /**
     * Stores which jobs a batch has, before anything is done to them: whoever finishes it
     * after a kill knows what may be done already.
     * @return false where another instance has leased the operation since
     */
    boolean begin(BulkOperation leased, List<BulkJob> batch) {
        return this.mongo.updateFirst(held(leased), Update.update(BATCH, batch), BulkOperation.class)
            .getMatchedCount() == 1;
    }

    /** Records a batch, unless another instance has leased it since. */
    void record(BulkOperation leased, BulkBatch batch, Instant now, Duration rest) {
        Update next = batch.isLast() ? end(counted(batch), State.FINISHED, now)
                : counted(batch).set(DUE, now.plus(rest));
        if (this.mongo
            .updateFirst(held(leased).addCriteria(Criteria.where(STATE).is(State.RUNNING)), next, BulkOperation.class)
            .getMatchedCount() == 0) {
            this.mongo.updateFirst(held(leased), counted(batch), BulkOperation.class);
        }
    }

    /** Ends one that runs; what is done is not undone. */
    void cancel(String id, Instant now) {
        this.mongo.updateFirst(running().addCriteria(Criteria.where(ID).is(id)),
                end(new Update(), State.CANCELLED, now), BulkOperation.class);
    }

    private static Query held(BulkOperation leased) {
        return Query.query(Criteria.where(ID).is(leased.id()).and(LEASED).is(leased.lease()));
    }

    private static Update counted(BulkBatch batch) {
        return batch.counted().unset(BATCH);
    }

    private static Update end(Update update, State state, Instant now) {
        return update.set(STATE, state).set("endedAt", now).unset(DUE).unset(BATCH);
    }

    private static Query running() {
        return Query.query(Criteria.where(STATE).is(State.RUNNING));
    }

    private static Query newestFirst(Criteria which) {
        return Query.query(which).with(Sort.by(REQUESTED_AT).descending());
    }

    @Configuration(proxyBeanMethods = false)
    static class Indexes {

        /** There are never more than a few hundred to look through. */
        @Bean
        CollectionIndexes indexesOfBulkOperations() {
            return new CollectionIndexes(BulkOperation.COLLECTION,
                    List.of(new Index().on(DUE, Direction.ASC).sparse(), new Index().on(REQUESTED_AT, Direction.DESC)));
        }

    }

}
