package dev.jobprocessor.api.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.jobprocessor.api.ApiClient;
import dev.jobprocessor.api.ApiIntegrationTest;
import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.JobDeleted;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.jobs.JobView;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.http.HttpMethod;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.scheduling.support.SimpleTriggerContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/** What is kept for how long, by a clock that the tests set. */
@ApiIntegrationTest
class JobRetentionIntegrationTests {

    private static final Duration DAY = Duration.ofDays(1);

    private static final RetentionSettings DEFAULTS = new RetentionSettings(DAY.multipliedBy(90),
            DAY.multipliedBy(180));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final List<Object> events = new ArrayList<>();

    @Autowired
    private ApiClient api;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private FinishedJobs jobs;

    @Autowired
    private DatabaseErrors databaseErrors;

    @Autowired
    private ApplicationEventPublisher publisher;

    private Instant now = Instant.now();

    @BeforeEach
    void endLeases() {
        this.mongo.remove(new Query(), RetentionLease.COLLECTION);
    }

    @Test
    void deletesCompletedAndCancelledJobsAfterTheirTimeAndFailedOnesAfterTheirs() {
        JobView completed = finish("COMPLETED");
        JobView failed = finish("FAILED");
        JobView cancelled = cancel();
        String pending = this.api.submit("pending").id();
        JobRetention retention = retention(DEFAULTS);
        sweepAt(retention, endOf(completed).plus(DAY.multipliedBy(90)));
        assertThat(ids()).contains(completed.id());
        sweepAt(retention, endOf(cancelled).plus(DAY.multipliedBy(90)).plusMillis(1));
        assertThat(ids()).containsExactlyInAnyOrder(failed.id(), pending);
        sweepAt(retention, endOf(failed).plus(DAY.multipliedBy(180)));
        assertThat(ids()).containsExactlyInAnyOrder(failed.id(), pending);
        sweepAt(retention, endOf(failed).plus(DAY.multipliedBy(180)).plusMillis(1));
        assertThat(ids()).containsExactly(pending);
        assertThat(this.events).containsExactlyInAnyOrder(new JobDeleted(completed.id(), JobStatus.COMPLETED, false),
                new JobDeleted(cancelled.id(), JobStatus.CANCELLED, false),
                new JobDeleted(failed.id(), JobStatus.FAILED, false));
        assertThat(this.meters.get("jobs.retention.deleted").tag("status", "FAILED").counter().count()).isOne();
    }

    @Test
    void keepsForEverWhatIsKeptForZero() {
        finish("COMPLETED");
        finish("FAILED");
        cancel();
        sweepAt(retention(new RetentionSettings(Duration.ZERO, DAY)), this.now.plus(DAY.multipliedBy(10_000)));
        assertThat(this.events).hasSize(1);
        sweepAt(retention(new RetentionSettings(DAY, Duration.ZERO)), this.now.plus(DAY.multipliedBy(20_000)));
        assertThat(this.events).hasSize(3);
    }

    @Test
    void deletesInBatchesAndGoesOnAtOnceWhileThereAreMore() {
        List<String> ids = this.api.submitAll(IntStream.range(0, JobRetention.BATCH + 1).mapToObj((i) -> "a").toList());
        ids.forEach((id) -> this.api.callback(id, 1, "COMPLETED", "r"));
        JobRetention retention = retention(DEFAULTS);
        this.now = this.now.plus(DAY.multipliedBy(91));
        assertThat(nextAfterSweep(retention)).isBefore(this.now.plusSeconds(10));
        assertThat(this.events).hasSize(JobRetention.BATCH);
        assertThat(this.meters.get("jobs.retention.behind").gauge().value()).isCloseTo(DAY.toSeconds(), within(120.0));
        assertThat(nextAfterSweep(retention)).isEqualTo(this.now.plus(JobRetention.INTERVAL));
        assertThat(this.events).hasSize(JobRetention.BATCH + 1);
        assertThat(nextAfterSweep(retention)).isEqualTo(this.now.plus(JobRetention.INTERVAL));
        assertThat(this.meters.get("jobs.retention.behind").gauge().value()).isZero();
    }

    @Test
    void looksOnceAtWhatFinishedLateAndOfJobsCreatedTogetherAtEach() {
        Instant before = this.now.plus(DAY);
        List<String> ids = this.api.submitAll(List.of("a", "b", "c"));
        ids.forEach((id) -> this.api.callback(id, 1, "COMPLETED", "r"));
        List<Document> first = this.jobs.find(JobStatus.COMPLETED, before, null, 2);
        List<Document> rest = this.jobs.find(JobStatus.COMPLETED, before, first.getLast(), 2);
        assertThat(Stream.concat(first.stream(), rest.stream()).map((job) -> job.getObjectId("_id").toHexString()))
            .containsExactlyInAnyOrderElementsOf(ids);
        assertThat(first.getFirst().getDate("createdAt")).isEqualTo(rest.getFirst().getDate("createdAt"));
        assertThat(this.jobs.find(JobStatus.COMPLETED, before, rest.getLast(), 2)).isEmpty();
    }

    @Test
    void beginsAnewOnceItHasLookedAtAll() {
        List<String> ids = this.api.submitAll(IntStream.range(0, JobRetention.BATCH).mapToObj((i) -> "a").toList());
        ids.forEach((id) -> this.api.callback(id, 1, "COMPLETED", "r"));
        JobView earlier = this.api.submit("created before, finished after");
        this.mongo.updateFirst(Query.query(Criteria.where("_id").is(earlier.id())),
                Update.update("createdAt", this.now.minus(DAY)), "jobs");
        JobRetention retention = retention(DEFAULTS);
        this.now = this.now.plus(DAY.multipliedBy(91));
        retention.sweep();
        assertThat(this.events).hasSize(JobRetention.BATCH);
        this.api.callback(earlier.id(), 1, "COMPLETED", "r");
        retention.sweep();
        assertThat(this.events).hasSize(JobRetention.BATCH);
        retention.sweep();
        assertThat(this.events).hasSize(JobRetention.BATCH + 1);
    }

    @Test
    void isCountedAsEveryDeletion() {
        finish("COMPLETED");
        await().untilAsserted(() -> assertThat(completed()).isEqualTo(1));
        JobRetention retention = new JobRetention(this.jobs, new RetentionLease(this.mongo), DEFAULTS, this.publisher,
                this.databaseErrors, clock(), this.meters);
        sweepAt(retention, this.now.plus(DAY.multipliedBy(91)));
        await().untilAsserted(() -> assertThat(completed()).isZero());
        assertThat(this.api.list("").getBody()).isEmpty();
    }

    @Test
    void keepsAJobThatAUserRetriedMeanwhile() {
        JobView retried = finish("FAILED");
        JobView other = finish("FAILED");
        Instant before = this.now.plus(DAY);
        List<Document> found = this.jobs.find(JobStatus.FAILED, before, null, 10);
        assertThat(found).hasSize(2);
        this.api.call(HttpMethod.POST, "/jobs/" + retried.id() + "/retry");
        assertThat(this.jobs.delete(found, JobStatus.FAILED, before)).containsExactly(other.id());
        assertThat(ids()).containsExactly(retried.id());
    }

    @Test
    void oneInstanceSweepsAtATimeAndAnotherTakesOver() {
        JobRetention first = retention(DEFAULTS);
        JobRetention second = retention(DEFAULTS);
        this.now = this.now.plus(DAY.multipliedBy(91));
        first.sweep();
        finish("COMPLETED");
        this.now = this.now.plus(RetentionLease.DURATION).minusMillis(1);
        second.sweep();
        assertThat(this.events).isEmpty();
        this.now = this.now.plusMillis(1);
        second.sweep();
        assertThat(this.events).hasSize(1);
        finish("COMPLETED");
        first.sweep();
        assertThat(this.events).hasSize(1);
    }

    private JobRetention retention(RetentionSettings settings) {
        return new JobRetention(this.jobs, new RetentionLease(this.mongo), settings, this.events::add,
                this.databaseErrors, clock(), this.meters);
    }

    private Clock clock() {
        return ((InstantSource) () -> this.now).withZone(ZoneOffset.UTC);
    }

    private void sweepAt(JobRetention retention, Instant now) {
        this.mongo.remove(new Query(), RetentionLease.COLLECTION);
        this.now = now;
        retention.sweep();
    }

    private Instant nextAfterSweep(JobRetention retention) {
        ScheduledTaskRegistrar tasks = new ScheduledTaskRegistrar();
        retention.configureTasks(tasks);
        retention.sweep();
        return Objects.requireNonNull(
                tasks.getTriggerTaskList().getFirst().getTrigger().nextExecution(new SimpleTriggerContext()));
    }

    private JobView finish(String status) {
        String id = this.api.submit("a").id();
        this.api.callback(id, 1, status, "r");
        return this.api.find(id);
    }

    private JobView cancel() {
        String id = this.api.submit("a").id();
        this.api.call(HttpMethod.POST, "/jobs/" + id + "/cancel");
        return this.api.find(id);
    }

    private static Instant endOf(JobView job) {
        return Objects.requireNonNull(job.completedAt());
    }

    private long completed() {
        return Objects.requireNonNull(this.api.call(HttpMethod.GET, "/jobs/stats").getBody())
            .path("counts")
            .path("COMPLETED")
            .longValue();
    }

    private List<String> ids() {
        return this.mongo.findAll(Document.class, "jobs")
            .stream()
            .map((job) -> job.getObjectId("_id").toHexString())
            .toList();
    }

}
