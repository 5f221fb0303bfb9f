package dev.jobprocessor.api.stats;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import dev.jobprocessor.api.jobs.DispatchTimes;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobDocuments;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.JobQueues;
import dev.jobprocessor.api.jobs.JobStatus;
import org.bson.Document;
import org.bson.types.ObjectId;

import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.aggregation.Aggregation;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/**
 * Counts, by queue, jobs that have not finished: the first {@value #MAX} of each kind in
 * the order of an index whose range holds nothing else, so that it costs the same however
 * many there are.
 */
@Component
class QueueCensus {

    static final int MAX = 10_000;

    private static final String COUNT = "count";

    private static final String FIRST = "first";

    private final MongoOperations mongo;

    private final JobDocuments documents;

    private final DispatchTimes dispatch;

    QueueCensus(MongoOperations mongo, JobDocuments documents, DispatchTimes dispatch) {
        this.mongo = mongo;
        this.documents = documents;
        this.dispatch = dispatch;
    }

    /** Started by a worker. */
    Map<String, Group> running() {
        return groups(Criteria.where(JobFields.STATUS)
            .is(JobStatus.PENDING.name())
            .and(JobFields.STARTED_AT)
            .gt(Instant.EPOCH), JobFields.STARTED_AT);
    }

    /** To be published by now. */
    Map<String, Group> due(Instant now) {
        return groups(Criteria.where(JobFields.DISPATCH_DUE).gte(Instant.EPOCH).lte(this.dispatch.relayFrom(now)),
                JobFields.DISPATCH_DUE);
    }

    /** Published, and started by no worker. */
    Map<String, Group> published() {
        return groups(Criteria.where(JobFields.STATUS)
            .is(JobStatus.PENDING.name())
            .and(JobFields.STARTED_AT)
            .exists(false)
            .and(JobFields.SENT_AT)
            .gt(Instant.EPOCH), JobFields.SENT_AT);
    }

    /** To be published later. */
    Map<String, Group> heldBack(Instant now) {
        return groups(Criteria.where(JobFields.DISPATCH_DUE).gt(this.dispatch.relayFrom(now)), JobFields.DISPATCH_DUE);
    }

    /** To be published later because their {@code runAt} says so. */
    Map<String, Group> scheduled(Instant now) {
        return groups(Criteria.where(JobFields.RUN_AT)
            .gt(this.dispatch.relayFrom(now))
            .and(JobFields.STATUS)
            .is(JobStatus.PENDING.name())
            .and(JobFields.ATTEMPT)
            .is(1), JobFields.RUN_AT);
    }

    /** The smaller of the times since when the first of each group waits. */
    Stream<Instant> waitingSince(Stream<Group> groups) {
        return groups.map(Group::first)
            .flatMap((id) -> this.documents.waitingSince(Query.query(Criteria.where(JobFields.ID).is(id))).stream())
            .sorted(Comparator.naturalOrder());
    }

    private Map<String, Group> groups(Criteria which, String order) {
        Aggregation grouped = Aggregation.newAggregation(Aggregation.match(which), Aggregation.sort(Sort.by(order)),
                Aggregation.limit(MAX), Aggregation.project(JobFields.QUEUE),
                Aggregation.group(JobFields.QUEUE).count().as(COUNT).first(JobFields.ID).as(FIRST));
        Map<String, Group> groups = new HashMap<>();
        this.mongo.aggregate(grouped, this.mongo.getCollectionName(Job.class), Document.class)
            .forEach((group) -> groups.put(Objects.requireNonNullElse(group.getString(JobFields.ID), JobQueues.DEFAULT),
                    new Group(JobCounters.count(group, COUNT), group.getObjectId(FIRST))));
        return groups;
    }

    /** How many there are in a queue, and the id of the first. */
    record Group(long count, ObjectId first) {
    }

}
