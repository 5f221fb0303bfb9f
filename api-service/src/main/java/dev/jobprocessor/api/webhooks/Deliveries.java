package dev.jobprocessor.api.webhooks;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.mongodb.bulk.BulkWriteError;
import dev.jobprocessor.api.database.CollectionIndexes;
import dev.jobprocessor.api.webhooks.Delivery.Status;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.BulkOperationException;
import org.springframework.data.mongodb.core.BulkOperations;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.PartialIndexFilter;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** All deliveries. Those that are due are the outbox of every instance. */
@Component
class Deliveries {

    static final int MAX_COUNTED = 100_000;

    static final int BATCH = 500;

    /** Of one job, which a user may have retried so often. */
    static final int MAX_LISTED = 100;

    private static final String ID = "_id";

    private static final String JOB_ID = "jobId";

    private static final String HOST = "host";

    private static final String STATUS = "status";

    private static final String CREATED_AT = "createdAt";

    private static final String ATTEMPTS = "attempts";

    private static final String DUE = "due";

    private static final String LEASE = "lease";

    private static final String ATTEMPTED_AT = "attemptedAt";

    private static final String HTTP_STATUS = "httpStatus";

    private static final String ANSWER = "answer";

    private static final String ERROR = "error";

    private static final String PAYLOAD = "payload";

    private static final int DUPLICATE_KEY = 11000;

    private final MongoOperations mongo;

    Deliveries(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /**
     * Inserts those that are not stored yet; none of the others changes.
     * @return those that were inserted
     */
    List<Delivery> insert(List<Delivery> deliveries) {
        try {
            this.mongo.bulkOps(BulkMode.UNORDERED, Delivery.class).insert(deliveries).execute();
            return deliveries;
        }
        catch (BulkOperationException ex) {
            if (ex.getErrors().stream().anyMatch((error) -> error.getCode() != DUPLICATE_KEY)) {
                throw ex;
            }
            Set<Integer> known = ex.getErrors().stream().map(BulkWriteError::getIndex).collect(Collectors.toSet());
            return IntStream.range(0, deliveries.size())
                .filter((i) -> !known.contains(i))
                .mapToObj(deliveries::get)
                .toList();
        }
    }

    /**
     * Finds those that are due, longest overdue first: their ids and hosts alone.
     * @param without hosts that take no more now
     */
    List<DueDelivery> due(Instant now, Collection<String> without) {
        Criteria due = Criteria.where(DUE).lte(now);
        Query query = Query.query(without.isEmpty() ? due : due.and(HOST).nin(without)).with(Sort.by(DUE)).limit(BATCH);
        query.fields().include(ID, HOST);
        return this.mongo.find(query, Document.class, Delivery.COLLECTION)
            .stream()
            .map((delivery) -> new DueDelivery(delivery.getString(ID), delivery.getString(HOST)))
            .toList();
    }

    /** Leases those that no other instance leased before, and reads them. */
    List<Delivery> lease(List<String> ids, Instant now, Instant until) {
        ObjectId lease = new ObjectId();
        this.mongo.updateMulti(Query.query(Criteria.where(ID).in(ids).and(DUE).lte(now)),
                Update.update(DUE, until).set(LEASE, lease), Delivery.class);
        return this.mongo.find(Query.query(Criteria.where(ID).in(ids).and(LEASE).is(lease)), Delivery.class);
    }

    /** Returns leased deliveries to all instances. */
    void release(Collection<Delivery> deliveries, Instant now) {
        BulkOperations updates = this.mongo.bulkOps(BulkMode.UNORDERED, Delivery.class);
        deliveries.forEach((delivery) -> updates.updateOne(held(delivery), Update.update(DUE, now).unset(LEASE)));
        updates.execute();
    }

    /** Stores results of those that are still leased by this instance. */
    void store(Collection<DeliveryResult> results) {
        BulkOperations updates = this.mongo.bulkOps(BulkMode.UNORDERED, Delivery.class);
        results.forEach((result) -> updates.updateOne(held(result.delivery()), update(result)));
        updates.execute();
    }

    private static Query held(Delivery delivery) {
        return Query.query(Criteria.where(ID).is(delivery.id()).and(LEASE).is(delivery.lease()));
    }

    private static Update update(DeliveryResult result) {
        Update update = Update.update(STATUS, result.status())
            .set(ATTEMPTS, result.delivery().attempts() + 1)
            .set(ATTEMPTED_AT, result.at())
            .unset(LEASE);
        set(update, DUE, result.retryAt());
        set(update, HTTP_STATUS, result.httpStatus());
        set(update, ANSWER, result.answer());
        set(update, ERROR, result.error());
        return update;
    }

    private static void set(Update update, String field, @Nullable Object value) {
        if (value != null) {
            update.set(field, value);
        }
        else {
            update.unset(field);
        }
    }

    /** Finds those of a job, oldest first, without what they send. */
    List<Delivery> ofJob(String jobId) {
        Query query = Query.query(Criteria.where(JOB_ID).is(jobId)).with(Sort.by(CREATED_AT)).limit(MAX_LISTED);
        query.fields().exclude(PAYLOAD);
        return this.mongo.find(query, Delivery.class);
    }

    Optional<Delivery> find(String jobId, String id) {
        Query query = Query.query(Criteria.where(ID).is(id).and(JOB_ID).is(jobId));
        query.fields().exclude(PAYLOAD);
        return Optional.ofNullable(this.mongo.findOne(query, Delivery.class));
    }

    /**
     * Finds what failed for good, oldest first, without what they send.
     * @param since when its job ended
     */
    List<Delivery> failed(Instant since, int limit) {
        Query failed = Query.query(Criteria.where(STATUS).is(Status.FAILED).and(CREATED_AT).gte(since))
            .with(Sort.by(CREATED_AT))
            .limit(limit);
        failed.fields().exclude(PAYLOAD, ANSWER);
        return this.mongo.find(failed, Delivery.class);
    }

    /** Makes these due again, with all their attempts. */
    void redeliver(List<String> ids, Instant now) {
        this.mongo.updateMulti(Query.query(Criteria.where(ID).in(ids)),
                Update.update(STATUS, Status.PENDING).set(ATTEMPTS, 0).set(DUE, now).unset(LEASE), Delivery.class);
    }

    /**
     * Finds whose deliveries there are, each job as often as it has some.
     * @param after the last delivery of the batch before, in the order of ids
     */
    List<JobOfDelivery> jobs(String after) {
        Query query = Query.query(Criteria.where(ID).gt(after)).with(Sort.by(ID)).limit(BATCH);
        query.fields().include(ID, JOB_ID);
        return this.mongo.find(query, Document.class, Delivery.COLLECTION)
            .stream()
            .map((delivery) -> new JobOfDelivery(delivery.getString(ID), delivery.getString(JOB_ID)))
            .toList();
    }

    void deleteOfJobs(Collection<String> jobIds) {
        this.mongo.remove(Query.query(Criteria.where(JOB_ID).in(jobIds)), Delivery.class);
    }

    /**
     * Counts those that are pending, and finds since when the first of them is.
     */
    Backlog backlog() {
        Query pending = Query.query(Criteria.where(STATUS).is(Status.PENDING)).with(Sort.by(CREATED_AT));
        long count = this.mongo.count(Query.query(Criteria.where(STATUS).is(Status.PENDING)).limit(MAX_COUNTED),
                Delivery.class);
        pending.fields().include(CREATED_AT);
        Document oldest = this.mongo.findOne(pending, Document.class, Delivery.COLLECTION);
        return new Backlog(count, (oldest != null) ? oldest.getDate(CREATED_AT).toInstant() : null);
    }

    /**
     * What waits to be delivered.
     *
     * @param deliveries how many, at most {@value #MAX_COUNTED}
     * @param oldest since when the first of them has waited
     */
    record Backlog(long deliveries, @Nullable Instant oldest) {
    }

    /** Whose delivery it is. */
    record JobOfDelivery(String id, String jobId) {
    }

    /** A delivery that waits to be leased. */
    record DueDelivery(String id, String host) {
    }

    @Configuration(proxyBeanMethods = false)
    static class Indexes {

        @Bean
        CollectionIndexes deliveryIndexes() {
            return new CollectionIndexes(Delivery.COLLECTION,
                    List.of(new Index().on(DUE, Direction.ASC).on(HOST, Direction.ASC).partial(isDue()),
                            new Index().on(JOB_ID, Direction.ASC),
                            new Index().on(STATUS, Direction.ASC).on(CREATED_AT, Direction.ASC)));
        }

        private static PartialIndexFilter isDue() {
            return PartialIndexFilter.of(Criteria.where(DUE).exists(true));
        }

    }

}
