package dev.jobprocessor.api.dispatch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

import dev.jobprocessor.api.ApiClient;
import dev.jobprocessor.api.ApiIntegrationTest;
import dev.jobprocessor.api.WorkQueue;
import dev.jobprocessor.api.dispatch.Outbox.DueJob;
import dev.jobprocessor.api.dispatch.Outbox.Lease;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobEvent;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.JobQueues;
import dev.jobprocessor.api.jobs.JobRequest;
import dev.jobprocessor.api.jobs.JobRequests;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.jobs.JobView;
import dev.jobprocessor.testing.TcpProxy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A scheduled job is published when it is due, and not before. */
@ApiIntegrationTest
class ScheduledJobsIntegrationTests {

    @Autowired
    private ApiClient api;

    @Autowired
    private WorkQueue work;

    @Autowired
    private Outbox outbox;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private Clock clock;

    @Autowired
    @Qualifier("brokerProxy")
    private TcpProxy brokerProxy;

    @Test
    void publishesWhenItIsDueAndNotBefore() {
        Instant runAt = this.clock.instant().plusSeconds(2);
        JobView job = submit(runAt, null);
        String other = this.api.submit("without a schedule").id();
        assertThat(jobIdOf(this.work.take())).isEqualTo(other);
        assertThat(this.work.takeAll()).isEmpty();
        assertThat(jobIdOf(this.work.take())).isEqualTo(job.id());
        await().until(() -> history(job).size() == 2);
        List<JobEvent> history = history(job);
        assertThat(history).extracting(JobEvent::type).containsExactly(JobEvent.Type.CREATED, JobEvent.Type.PUBLISHED);
        assertThat(history.getFirst().detail()).isEqualTo("due at " + job.request().runAt());
        assertThat(history.getLast().at()).isAfterOrEqualTo(runAt.minusMillis(1));
    }

    @Test
    void publishesAtOnceWhatIsDueWithinTheTolerance() {
        JobView job = submit(this.clock.instant().minusSeconds(30), null);
        assertThat(jobIdOf(this.work.take())).isEqualTo(job.id());
    }

    @Test
    void noRedispatchPublishesItEarly() {
        submit(this.clock.instant().plusSeconds(3600), null);
        JsonNode response = this.api.manage(HttpMethod.POST, "/actuator/redispatch").getBody();
        assertThat(Objects.requireNonNull(response).get("jobs").intValue()).isZero();
        assertThat(this.outbox.redispatchUnstarted(this.clock.instant().plusSeconds(7200), Set.of(JobQueues.DEFAULT)))
            .isZero();
        assertThat(this.outbox.due(this.clock.instant(), 10)).isEmpty();
    }

    @Test
    void isNeverPublishedOnceItIsCancelled() {
        JobView job = submit(this.clock.instant().plusSeconds(3600), null);
        this.api.call(HttpMethod.POST, "/jobs/" + job.id() + "/cancel");
        assertThat(this.outbox.due(this.clock.instant().plusSeconds(7200), 10)).isEmpty();
    }

    @Test
    void aRetryOfAUserIsDueAtOnce() {
        JobView job = submit(this.clock.instant().plusSeconds(3600), null);
        this.api.call(HttpMethod.POST, "/jobs/" + job.id() + "/cancel");
        this.api.call(HttpMethod.POST, "/jobs/" + job.id() + "/retry");
        assertThat(this.work.take(job.id()).get("attempt").intValue()).isEqualTo(2);
    }

    @Test
    void doesNotPublishWhatHasExpired() {
        this.brokerProxy.refuse();
        JobView expired = submit(null, this.clock.instant().plusSeconds(3600));
        JobView other = submit(null, this.clock.instant().plusSeconds(7200));
        Instant now = this.clock.instant().plusSeconds(3601);
        List<DueJob> due = this.outbox.due(now, 10);
        assertThat(due).extracting(DueJob::id).containsExactlyInAnyOrder(expired.id(), other.id());
        Lease lease = this.outbox.lease(due, now, now.plusSeconds(1));
        assertThat(this.outbox.leased(lease, due.stream().map(DueJob::id).toList(), now)).extracting(Job::id)
            .containsExactly(other.id());
    }

    @Test
    void stillExpiresAfterARedispatchUnlessItWasStarted() {
        JobView waiting = submit(null, this.clock.instant().plusSeconds(3600));
        JobView started = submit(null, this.clock.instant().plusSeconds(3600));
        this.work.takeAll();
        this.work.started(started.id(), 1, "worker-1");
        await().until(() -> this.api.find(started.id()).startedAt() != null);
        await().until(() -> history(waiting).size() == 2);
        this.brokerProxy.refuse();
        assertThat(this.outbox.redispatch(this.clock.instant().plusSeconds(1), this.clock.instant().plusSeconds(1)))
            .isEqualTo(2);
        assertThat(withDeadline()).extracting(Job::id).containsExactly(waiting.id());
    }

    @Test
    void listsWhatIsScheduledNewestFirstAndByPages() {
        List<JobRequest> batch = IntStream.range(0, 5)
            .mapToObj((i) -> JobRequests.scheduled("job " + i, this.clock.instant().plusSeconds(3600 - i), null))
            .toList();
        this.api.post("/jobs/batch", batch, Map.of()).retrieve().toBodilessEntity();
        JobView cancelled = submit(this.clock.instant().plusSeconds(3600), null);
        this.api.call(HttpMethod.POST, "/jobs/" + cancelled.id() + "/cancel");
        JobView retried = submit(this.clock.instant().plusSeconds(3600), null);
        this.api.call(HttpMethod.POST, "/jobs/" + retried.id() + "/cancel");
        this.api.call(HttpMethod.POST, "/jobs/" + retried.id() + "/retry");
        this.api.submit("without a schedule");
        assertThat(prompts("?state=scheduled")).containsExactly("job 4", "job 3", "job 2", "job 1", "job 0");
        assertThat(prompts("?state=scheduled&limit=2")).containsExactly("job 4", "job 3");
        assertThat(prompts("?state=scheduled&status=PENDING,FAILED")).hasSize(5);
        assertThat(prompts("?state=scheduled&status=FAILED")).isEmpty();
        assertThat(prompts("?status=PENDING")).hasSize(7);
    }

    @Test
    void doesNotWaitForAWorkerUntilItIsDue() {
        JobView job = submit(this.clock.instant().plusSeconds(3600), this.clock.instant().plusSeconds(7200));
        await().untilAsserted(() -> {
            assertThat(stats().path("counts").path("PENDING").intValue()).isEqualTo(1);
            assertThat(stats().has("oldestWaiting")).isFalse();
            assertThat(stats().get("running").intValue()).isZero();
        });
        assertThat(this.outbox.backlog(this.clock.instant().plusSeconds(10)).jobs()).isZero();
        Instant runAt = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
        this.mongo.updateFirst(Query.query(Criteria.where("id").is(job.id())),
                Update.update(JobFields.RUN_AT, runAt).set(JobFields.DISPATCH_DUE, runAt), Job.class);
        await().until(() -> stats().has("oldestWaiting"));
        assertThat(Instant.parse(stats().path("oldestWaiting").asString())).isEqualTo(runAt);
    }

    @Test
    void showsItsTimesOnTheJob() {
        JobView job = submit(this.clock.instant().plusSeconds(3600), this.clock.instant().plusSeconds(7200));
        assertThat(this.api.find(job.id()).request()).isEqualTo(job.request());
        assertThat(job.status()).isEqualTo(JobStatus.PENDING);
        assertThat(job.request().expiresAt()).isNotNull();
    }

    private JobView submit(@Nullable Instant runAt, @Nullable Instant expiresAt) {
        return Objects.requireNonNull(this.api.post("/jobs", JobRequests.scheduled("a", runAt, expiresAt), Map.of())
            .retrieve()
            .body(JobView.class));
    }

    private List<JobEvent> history(JobView job) {
        return Objects.requireNonNull(this.api.find(job.id()).history());
    }

    private List<Job> withDeadline() {
        return this.mongo.find(Query.query(Criteria.where(JobFields.DEADLINE).exists(true)), Job.class);
    }

    private List<String> prompts(String query) {
        return Objects.requireNonNull(this.api.list(query).getBody())
            .stream()
            .map((job) -> Objects.requireNonNull(job.request().prompt()))
            .toList();
    }

    private JsonNode stats() {
        return Objects.requireNonNull(this.api.call(HttpMethod.GET, "/jobs/stats").getBody());
    }

    private static String jobIdOf(JsonNode message) {
        return message.get("jobId").stringValue();
    }

}
