package dev.jobprocessor.api.dispatch;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
import dev.jobprocessor.api.jobs.JobStarted;
import dev.jobprocessor.api.jobs.JobView;
import dev.jobprocessor.testing.ExampleEvents;
import dev.jobprocessor.testing.TcpProxy;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ApiIntegrationTest
class DispatchIntegrationTests {

    @Autowired
    private ApiClient api;

    @Autowired
    private WorkQueue work;

    @Autowired
    private Outbox outbox;

    @Autowired
    private EmptyQueues emptyQueues;

    @Autowired
    private Clock clock;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private JsonMapper mapper;

    @Autowired
    @Qualifier("brokerProxy")
    private TcpProxy brokerProxy;

    @Test
    void acceptsWhileTheBrokerIsUnavailableAndPublishesLater() {
        this.brokerProxy.refuse();
        List<String> accepted = IntStream.range(0, 20).mapToObj((i) -> this.api.submit("job " + i).id()).toList();
        assertThat(outboxDepth()).isEqualTo(20);
        this.brokerProxy.resume();
        await().untilAsserted(() -> assertThat(outboxDepth()).isZero());
        assertThat(this.work.takeAll()).containsAll(accepted);
    }

    @Test
    void publishesAgainWhatWasNeverConfirmed() {
        this.api.submit("opens the connection");
        this.work.take();
        await().untilAsserted(() -> assertThat(outboxDepth()).isZero());
        this.brokerProxy.swallowAnswers();
        JobView job = this.api.submit("a");
        assertThat(jobIdOf(this.work.take())).isEqualTo(job.id());
        assertThat(outboxDepth()).isEqualTo(1);
        this.brokerProxy.cut();
        assertThat(jobIdOf(this.work.take())).isEqualTo(job.id());
        await().untilAsserted(() -> assertThat(outboxDepth()).isZero());
    }

    @Test
    void keepsUnroutableJobUntilItsQueueIsBoundAgain() {
        this.work.unbind();
        JobView job = this.api.submit("a");
        assertThat(jobIdOf(this.work.take())).isEqualTo(job.id());
        await().untilAsserted(() -> assertThat(outboxDepth()).isZero());
    }

    @Test
    void publishesWhatAnInstanceLeftBehind() {
        JobView job = this.api.submit("a");
        this.work.take();
        await().untilAsserted(() -> assertThat(outboxDepth()).isZero());
        this.mongo.updateFirst(Query.query(Criteria.where("id").is(job.id())),
                Update.update(JobFields.DISPATCH_DUE, job.createdAt().minusSeconds(60)), Job.class);
        assertThat(jobIdOf(this.work.take())).isEqualTo(job.id());
    }

    @Test
    void ofSeveralRelaysOneGetsAJob() {
        this.brokerProxy.refuse();
        IntStream.range(0, 50).forEach((i) -> this.api.submit("job " + i));
        Instant now = this.clock.instant().plusSeconds(60);
        List<DueJob> due = this.outbox.due(now, 100);
        assertThat(due).hasSize(50);
        List<CompletableFuture<List<Job>>> relays = IntStream.range(0, 4)
            .mapToObj((i) -> CompletableFuture.supplyAsync(() -> leased(ids(due), now, now.plusSeconds(1))))
            .toList();
        assertThat(relays.stream().flatMap((relay) -> relay.join().stream())).extracting(Job::id)
            .containsExactlyInAnyOrderElementsOf(ids(due));
    }

    @Test
    void leasesNoJobThatIsNoLongerDue() {
        this.brokerProxy.refuse();
        List<String> ids = IntStream.range(0, 3).mapToObj((i) -> this.api.submit("job " + i).id()).toList();
        Instant now = this.clock.instant().plusSeconds(60);
        this.outbox.markSent(List.of(new Outbox.SentJob(ids.get(0), 1, null)), now);
        this.api.call(HttpMethod.POST, "/jobs/" + ids.get(1) + "/cancel");
        assertThat(leased(ids, now, now.plusSeconds(1))).extracting(Job::id).containsExactly(ids.get(2));
        assertThat(leased(ids, now, now.plusSeconds(2))).isEmpty();
    }

    @Test
    void leasesNoMoreOfAJobThanIsPublished() {
        this.brokerProxy.refuse();
        String id = this.api.submit("a").id();
        Instant now = this.clock.instant().plusSeconds(60);
        assertThat(leased(List.of(id), now, now.plusSeconds(1))).singleElement().satisfies((job) -> {
            assertThat(job.prompt()).isEqualTo("a");
            assertThat(job.history()).isNullOrEmpty();
        });
        assertThat(this.api.find(id).history()).isNotEmpty();
    }

    @Test
    void publishesNoneThatWasCancelledAfterItWasLeased() {
        this.brokerProxy.refuse();
        List<String> ids = List.of(this.api.submit("a").id(), this.api.submit("b").id());
        Instant now = this.clock.instant().plusSeconds(60);
        Lease lease = this.outbox.lease(due(ids, now), now, now.plusSeconds(1));
        this.api.call(HttpMethod.POST, "/jobs/" + ids.getFirst() + "/cancel");
        assertThat(this.outbox.leased(lease, ids, now)).extracting(Job::id).containsExactly(ids.getLast());
    }

    @Test
    void whatIsGivenBackIsDueWhenItWas() {
        this.brokerProxy.refuse();
        List<String> ids = List.of(this.api.submit("a").id(), this.api.submit("b").id(), this.api.submit("c").id());
        Instant now = this.clock.instant().plusSeconds(60).truncatedTo(ChronoUnit.MILLIS);
        Lease lease = this.outbox.lease(due(ids, now), now, now.plusSeconds(30));
        this.api.call(HttpMethod.POST, "/jobs/" + ids.getFirst() + "/cancel");
        List<DueJob> held = List.of(new DueJob(ids.get(0), now.plusSeconds(1)),
                new DueJob(ids.get(1), now.plusSeconds(2)));
        this.outbox.release(lease, held);
        assertThat(this.outbox.due(now.plusSeconds(29), 10)).containsExactly(held.getLast());
        assertThat(this.outbox.leased(lease, ids, now)).extracting(Job::id).containsExactly(ids.getLast());
    }

    private List<Job> leased(List<String> ids, Instant now, Instant until) {
        return this.outbox.leased(this.outbox.lease(due(ids, now), now, until), ids, now);
    }

    private static List<DueJob> due(List<String> ids, Instant due) {
        return ids.stream().map((id) -> new DueJob(id, due)).toList();
    }

    private static List<String> ids(List<DueJob> jobs) {
        return jobs.stream().map(DueJob::id).toList();
    }

    @Test
    void confirmOfOldAttemptLeavesTheNewOneDue() {
        JobView job = this.api.submit("a");
        this.work.take();
        await().untilAsserted(() -> assertThat(outboxDepth()).isZero());
        this.brokerProxy.refuse();
        this.api.call(HttpMethod.POST, "/jobs/" + job.id() + "/cancel");
        this.api.call(HttpMethod.POST, "/jobs/" + job.id() + "/retry");
        this.outbox.markSent(List.of(new Outbox.SentJob(job.id(), 1, null)), this.clock.instant());
        assertThat(outboxDepth()).isEqualTo(1);
    }

    @Test
    void redispatchesOnCommand() {
        JobView job = this.api.submit("a");
        this.work.take();
        this.work.started(job.id(), 1, "worker-1");
        await().untilAsserted(() -> assertThat(this.api.find(job.id()).startedAt()).isNotNull());
        await().untilAsserted(() -> assertThat(outboxDepth()).isZero());
        JsonNode response = this.api.manage(HttpMethod.POST, "/actuator/redispatch").getBody();
        assertThat(response).isNotNull();
        assertThat(response.get("jobs").intValue()).isEqualTo(1);
        assertThat(jobIdOf(this.work.take())).isEqualTo(job.id());
        assertThat(this.api.find(job.id()).startedAt()).isNull();
    }

    @Test
    void redispatchesWhatNoWorkerStarted() {
        JobView waiting = this.api.submit("waiting");
        JobView running = this.api.submit("running");
        await().untilAsserted(() -> assertThat(outboxDepth()).isZero());
        this.work.started(running.id(), 1, "worker-1");
        await().untilAsserted(() -> assertThat(this.api.find(running.id()).startedAt()).isNotNull());
        this.emptyQueues.emptyAgain();
        assertThat(this.emptyQueues.emptyAgain()).as("their messages wait").doesNotContain(JobQueues.DEFAULT);
        this.work.takeAll();
        this.emptyQueues.emptyAgain();
        Set<String> queues = this.emptyQueues.emptyAgain();
        assertThat(queues).contains(JobQueues.DEFAULT);
        assertThat(this.outbox.redispatchUnstarted(this.clock.instant().minusSeconds(3600), queues)).isZero();
        assertThat(this.outbox.redispatchUnstarted(this.clock.instant().plusMillis(1), Set.of("other"))).isZero();
        assertThat(this.outbox.redispatchUnstarted(this.clock.instant().plusMillis(1), queues)).isEqualTo(1);
        assertThat(jobIdOf(this.work.take())).isEqualTo(waiting.id());
    }

    @Test
    void redispatchesMoreThanOneBatch() {
        this.brokerProxy.refuse();
        IntStream.range(0, Outbox.BATCH + 1).forEach((i) -> this.mongo.insert(sentJob(), "jobs"));
        assertThat(this.outbox.redispatchUnstarted(this.clock.instant(), Set.of(JobQueues.DEFAULT)))
            .isEqualTo(Outbox.BATCH + 1);
        assertThat(this.outbox.redispatchUnstarted(this.clock.instant(), Set.of(JobQueues.DEFAULT))).isZero();
        this.mongo.remove(new Query(), Job.class); // nobody can publish these
    }

    private static Document sentJob() {
        return new Document(JobFields.STATUS, "PENDING").append(JobFields.ATTEMPT, 1)
            .append(JobFields.SENT_AT, Date.from(Instant.EPOCH.plusSeconds(1)));
    }

    @Test
    void neverPublishesFinishedJob() {
        this.brokerProxy.refuse();
        JobView job = this.api.submit("a");
        this.api.call(HttpMethod.POST, "/jobs/" + job.id() + "/cancel");
        assertThat(outboxDepth()).isZero();
    }

    @Test
    void writesMessageAsAgreed() {
        assertThat(this.mapper.<JsonNode>valueToTree(created(null)))
            .isEqualTo(this.mapper.readTree(ExampleEvents.read("job-created.json")));
        assertThat(this.mapper.<JsonNode>valueToTree(created(3600)))
            .isEqualTo(this.mapper.readTree(ExampleEvents.read("job-created-with-timeout.json")));
    }

    private static JobCreated created(@Nullable Integer timeoutSeconds) {
        return new JobCreated("6925f0a1c3b2a40f5d1e7a01", "Summarise the minutes of Monday's meeting – naïve 🚀", 2,
                Instant.parse("2026-11-24T09:30:15.042Z"), timeoutSeconds);
    }

    @Test
    void readsMessageAsAgreed() {
        assertThat(this.mapper.readValue(ExampleEvents.read("job-started.json"), JobStarted.class)).isEqualTo(
                new JobStarted("6925f0a1c3b2a40f5d1e7a01", 2, "worker-1", Instant.parse("2026-11-24T09:30:15.061Z")));
    }

    @Test
    void notesPublishingInTheHistory() {
        JobView job = this.api.submit("a");
        await().untilAsserted(() -> assertThat(this.api.find(job.id()).history()).extracting(JobEvent::type)
            .containsExactly(JobEvent.Type.CREATED, JobEvent.Type.PUBLISHED));
    }

    private long outboxDepth() {
        return this.mongo.count(Query.query(Criteria.where(JobFields.DISPATCH_DUE).exists(true)), Job.class);
    }

    private static String jobIdOf(JsonNode message) {
        return message.get("jobId").stringValue();
    }

}
