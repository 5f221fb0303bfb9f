package dev.jobprocessor.api.failures;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;

import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import dev.jobprocessor.api.database.LongOperations;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.JobQueues;
import org.bson.Document;
import org.bson.conversions.Bson;

import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/**
 * Groups failed jobs in the database, by an index that has all it takes: no job is read
 * for it. However many there are, it looks at the last {@value #MAX_JOBS}.
 */
@Component
class FailedJobs {

    static final int MAX_JOBS = 100_000;

    static final int MAX_GROUPS = 200;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final String COUNT = "count";

    private static final String FIRST = "first";

    private static final String LAST = "last";

    private final MongoOperations mongo;

    private final String collection;

    FailedJobs(LongOperations operations, MongoOperations mongo) {
        this.mongo = operations.within(TIMEOUT);
        this.collection = mongo.getCollectionName(Job.class);
    }

    Failures since(Instant since) {
        return since(since, MAX_JOBS);
    }

    Failures since(Instant since, int maxJobs) {
        List<FailureGroup> groups = Objects.requireNonNull(this.mongo.execute(this.collection,
                (all) -> all.aggregate(grouped(since, maxJobs)).map(FailedJobs::group).into(new ArrayList<>())));
        long jobs = groups.stream().mapToLong(FailureGroup::count).sum();
        return new Failures(since, Math.min(jobs, maxJobs), jobs > maxJobs, groups.stream().limit(MAX_GROUPS).toList());
    }

    /** One job more than are meant shows that there are more. */
    private static List<Bson> grouped(Instant since, int maxJobs) {
        Document by = new Document(JobFields.FAILURE, "$" + JobFields.FAILURE).append(JobFields.QUEUE,
                "$" + JobFields.QUEUE);
        return List.of(
                Aggregates.match(Filters.and(Filters.gte(JobFields.COMPLETED_AT, Date.from(since)),
                        Filters.gt(JobFields.FAILURE, ""))),
                Aggregates.sort(Sorts.descending(JobFields.COMPLETED_AT)), Aggregates.limit(maxJobs + 1),
                Aggregates.project(Projections.fields(Projections.excludeId(),
                        Projections.include(JobFields.COMPLETED_AT, JobFields.FAILURE, JobFields.QUEUE))),
                Aggregates.group(by, Accumulators.sum(COUNT, 1), Accumulators.min(FIRST, "$" + JobFields.COMPLETED_AT),
                        Accumulators.max(LAST, "$" + JobFields.COMPLETED_AT)),
                Aggregates.sort(Sorts.descending(COUNT, LAST)));
    }

    private static FailureGroup group(Document group) {
        Document by = group.get("_id", Document.class);
        return new FailureGroup(by.getString(JobFields.FAILURE),
                Objects.requireNonNullElse(by.getString(JobFields.QUEUE), JobQueues.DEFAULT),
                group.get(COUNT, Number.class).longValue(), group.getDate(FIRST).toInstant(),
                group.getDate(LAST).toInstant());
    }

}
