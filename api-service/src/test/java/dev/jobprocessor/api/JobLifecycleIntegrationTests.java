package dev.jobprocessor.api;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobEvent;
import dev.jobprocessor.api.jobs.JobEvent.Type;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.jobs.JobView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ApiIntegrationTest
class JobLifecycleIntegrationTests {

    @Autowired
    private ApiClient api;

    @Autowired
    private WorkQueue work;

    @Autowired
    private MongoOperations mongo;

    @Test
    void takesJobFromSubmitToCompleted() {
        JobView job = this.api.submit("  write a haiku  ");
        JsonNode message = this.work.take();
        assertThat(message.get("jobId").stringValue()).isEqualTo(job.id());
        assertThat(message.get("prompt").stringValue()).isEqualTo("write a haiku");
        assertThat(message.get("attempt").intValue()).isEqualTo(1);
        this.work.started(job.id(), 1, "worker-1");
        await().untilAsserted(() -> assertThat(this.api.find(job.id()).worker()).isEqualTo("worker-1"));
        assertThat(this.api.callback(job.id(), 1, "COMPLETED", "{\"a\":1}").getStatusCode().value()).isEqualTo(200);
        JobView completed = this.api.find(job.id());
        assertThat(completed.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(completed.result()).isEqualTo("{\"a\":1}");
        assertThat(completed.completedAt()).isAfterOrEqualTo(completed.startedAt());
        await().untilAsserted(() -> assertThat(historyOf(job)).containsExactlyInAnyOrder(Type.CREATED, Type.PUBLISHED,
                Type.STARTED, Type.COMPLETED));
    }

    @Test
    void countsEachUpdateOfAJobInItsVersion() {
        JobView job = this.api.submit("a");
        assertThat(job.version()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(historyOf(job)).contains(Type.PUBLISHED));
        assertThat(this.api.find(job.id()).version()).isEqualTo(2);
        this.work.started(job.id(), 1, "worker-1");
        await().untilAsserted(() -> assertThat(this.api.find(job.id()).version()).isEqualTo(3));
        this.api.callback(job.id(), 1, "FAILED", "no luck");
        this.api.callback(job.id(), 1, "COMPLETED", "refused");
        assertThat(this.api.find(job.id()).version()).isEqualTo(5);
        this.api.call(HttpMethod.POST, "/jobs/" + job.id() + "/retry");
        assertThat(this.api.find(job.id()).version()).isGreaterThanOrEqualTo(6);
    }

    @Test
    void countsJobOfAnEarlierReleaseFromZero() {
        JobView job = this.api.submit("a");
        await().untilAsserted(() -> assertThat(historyOf(job)).contains(Type.PUBLISHED));
        this.mongo.updateFirst(Query.query(Criteria.where("id").is(job.id())), new Update().unset("version"),
                Job.class);
        assertThat(this.api.find(job.id()).version()).isZero();
        JsonNode completed = this.api.callback(job.id(), 1, "COMPLETED", "done").getBody();
        assertThat(completed).isNotNull();
        assertThat(completed.get("version").longValue()).isEqualTo(1);
        assertThat(this.api.call(HttpMethod.DELETE, "/jobs/" + job.id()).getStatusCode().value()).isEqualTo(204);
    }

    @Test
    void takesTheOriginalsCallback() {
        JobView job = this.api.submit("a");
        JsonNode response = this.api.callback(job.id(), null, "COMPLETED", "done").getBody();
        assertThat(response).isNotNull();
        assertThat(response.get("status").stringValue()).isEqualTo("COMPLETED");
        assertThat(response.get("prompt").stringValue()).isEqualTo("a");
        assertThat(response.get("result").stringValue()).isEqualTo("done");
    }

    @Test
    void answersSameCallbackAgain() {
        JobView job = this.api.submit("a");
        this.api.callback(job.id(), 1, "COMPLETED", "done");
        assertThat(this.api.callback(job.id(), 1, "COMPLETED", "done").getStatusCode().value()).isEqualTo(200);
        assertThat(this.api.callback(job.id(), null, "COMPLETED", "done").getStatusCode().value()).isEqualTo(200);
        assertThat(historyOf(job)).containsOnlyOnce(Type.COMPLETED).doesNotContain(Type.CALLBACK_REFUSED);
    }

    @Test
    void refusesAnotherOutcomeOfFinishedJob() {
        JobView job = this.api.submit("a");
        this.api.callback(job.id(), 1, "COMPLETED", "first");
        assertThat(this.api.callback(job.id(), 1, "COMPLETED", "second").getStatusCode().value()).isEqualTo(409);
        assertThat(this.api.callback(job.id(), 1, "FAILED", "no").getStatusCode().value()).isEqualTo(409);
        assertThat(this.api.find(job.id()).result()).isEqualTo("first");
        assertThat(historyOf(job)).filteredOn((type) -> type == Type.CALLBACK_REFUSED).hasSize(2);
    }

    @Test
    void refusesLateCallbackOfOldAttempt() {
        JobView job = this.api.submit("a");
        this.work.take();
        this.api.callback(job.id(), 1, "FAILED", "no luck");
        assertThat(this.api.find(job.id()).error()).isEqualTo("no luck");
        assertThat(this.api.call(HttpMethod.POST, "/jobs/" + job.id() + "/retry").getStatusCode().value())
            .isEqualTo(200);
        assertThat(this.work.take().get("attempt").intValue()).isEqualTo(2);
        assertThat(this.api.callback(job.id(), 1, "COMPLETED", "late").getStatusCode().value()).isEqualTo(409);
        assertThat(this.api.find(job.id()).status()).isEqualTo(JobStatus.PENDING);
        assertThat(this.api.callback(job.id(), 2, "COMPLETED", "right").getStatusCode().value()).isEqualTo(200);
        JobView completed = this.api.find(job.id());
        assertThat(completed.result()).isEqualTo("right");
        assertThat(completed.error()).isNull();
        assertThat(historyOf(job)).contains(Type.FAILED, Type.RETRIED, Type.CALLBACK_REFUSED, Type.COMPLETED);
    }

    @Test
    void refusesCallbackOfAttemptThatIsNotYet() {
        JobView job = this.api.submit("a");
        assertThat(this.api.callback(job.id(), 2, "COMPLETED", "early").getStatusCode().value()).isEqualTo(409);
        assertThat(this.api.find(job.id()).status()).isEqualTo(JobStatus.PENDING);
    }

    @Test
    void refusesCallbackOfCancelledJob() {
        JobView job = this.api.submit("a");
        assertThat(this.api.call(HttpMethod.POST, "/jobs/" + job.id() + "/cancel").getStatusCode().value())
            .isEqualTo(200);
        assertThat(this.api.callback(job.id(), 1, "COMPLETED", "late").getStatusCode().value()).isEqualTo(409);
        assertThat(this.api.find(job.id()).status()).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void answersCallbackOfUnknownJob() {
        assertThat(this.api.callback("6925f0a1c3b2a40f5d1e7a01", 1, "COMPLETED", "r").getStatusCode().value())
            .isEqualTo(404);
        assertThat(this.api.callback("nonsense", 1, "COMPLETED", "r").getStatusCode().value()).isEqualTo(404);
    }

    @Test
    void endsDeadJobWithItsReason() {
        JobView job = this.api.submit("a");
        this.work.send("job.dead", "{\"jobId\":\"%s\",\"attempt\":1}".formatted(job.id()), "The message is cursed.");
        await().untilAsserted(() -> assertThat(this.api.find(job.id()).status()).isEqualTo(JobStatus.FAILED));
        assertThat(this.api.find(job.id()).error()).isEqualTo("The message is cursed.");
    }

    @Test
    void passesOverDeadMessagesThatNameNoJob() {
        List.of("{", "[]", "{}", "{\"jobId\":\"nonsense\"}", "{\"jobId\":7}")
            .forEach((body) -> this.work.send("job.dead", body, "Unreadable."));
        endsDeadJobWithItsReason();
    }

    @Test
    void passesOverStartsThatCannotBeRead() {
        JobView job = this.api.submit("a");
        this.work.send("job.started", "{", null);
        this.work.started("nonsense", 1, "worker-1");
        this.work.started(job.id(), 7, "worker-7");
        this.work.started(job.id(), 1, "worker-1");
        await().untilAsserted(() -> assertThat(this.api.find(job.id()).worker()).isEqualTo("worker-1"));
    }

    @ParameterizedTest
    @ValueSource(ints = { -600, 600 })
    void takesNoWorkerAtItsClocksWord(int seconds) {
        JobView job = this.api.submit("a");
        this.work.startedAt(Instant.now().plusSeconds(seconds), job.id(), 1, "worker-1");
        await().untilAsserted(() -> assertThat(this.api.find(job.id()).startedAt()).isNotNull());
        assertThat(this.api.find(job.id()).startedAt()).isBetween(job.createdAt(), Instant.now());
    }

    @Test
    void givesUpStartedJobAtItsDeadline() {
        JobView job = this.api.submit("a");
        this.work.started(job.id(), 1, "worker-1");
        await().untilAsserted(() -> assertThat(this.api.find(job.id()).startedAt()).isNotNull());
        this.mongo.updateFirst(Query.query(Criteria.where("id").is(job.id())),
                Update.update(JobFields.DEADLINE, job.createdAt()), Job.class);
        await().untilAsserted(() -> assertThat(this.api.find(job.id()).status()).isEqualTo(JobStatus.FAILED));
        assertThat(this.api.find(job.id()).error()).contains("timed out").contains("15m");
    }

    @Test
    void completesJobThatTimedOutByTheSameAttemptsLateResult() {
        JobView job = this.api.submit("a");
        this.work.started(job.id(), 1, "worker-1");
        await().untilAsserted(() -> assertThat(this.api.find(job.id()).startedAt()).isNotNull());
        this.mongo.updateFirst(Query.query(Criteria.where("id").is(job.id())),
                Update.update(JobFields.DEADLINE, job.createdAt()), Job.class);
        await().untilAsserted(() -> assertThat(this.api.find(job.id()).errorCode()).isEqualTo("timed_out"));
        assertThat(this.api.callback(job.id(), 1, "FAILED", "no").getStatusCode().value()).isEqualTo(409);
        assertThat(this.api.callback(job.id(), 1, "COMPLETED", "late").getStatusCode().value()).isEqualTo(200);
        assertThat(this.api.callback(job.id(), 1, "COMPLETED", "late").getStatusCode().value()).isEqualTo(200);
        assertThat(this.api.callback(job.id(), 1, "COMPLETED", "other").getStatusCode().value()).isEqualTo(409);
        JobView completed = this.api.find(job.id());
        assertThat(completed.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(completed.result()).isEqualTo("late");
        assertThat(completed.error()).isNull();
        assertThat(completed.errorCode()).isNull();
        assertThat(historyOf(job)).containsSubsequence(Type.FAILED, Type.COMPLETED);
        await().untilAsserted(() -> assertThat(counts()).isEqualTo(List.of(0, 1, 0)));
    }

    @Test
    void completesDeadJobByTheSameAttemptsLateResult() {
        JobView job = this.api.submit("a");
        this.work.send("job.dead", "{\"jobId\":\"%s\",\"attempt\":1}".formatted(job.id()), "Delivered too often.");
        await().untilAsserted(() -> assertThat(this.api.find(job.id()).errorCode()).isEqualTo("undeliverable"));
        assertThat(this.api.callback(job.id(), 1, "COMPLETED", "late").getStatusCode().value()).isEqualTo(200);
        assertThat(this.api.find(job.id()).result()).isEqualTo("late");
    }

    @Test
    void refusesLateResultOfTimedOutAttemptOnceTheUserRetried() {
        JobView job = this.api.submit("a");
        this.work.send("job.dead", "{\"jobId\":\"%s\",\"attempt\":1}".formatted(job.id()), "Delivered too often.");
        await().untilAsserted(() -> assertThat(this.api.find(job.id()).status()).isEqualTo(JobStatus.FAILED));
        this.api.call(HttpMethod.POST, "/jobs/" + job.id() + "/retry");
        assertThat(this.api.callback(job.id(), 1, "COMPLETED", "late").getStatusCode().value()).isEqualTo(409);
        assertThat(this.api.find(job.id()).errorCode()).isNull();
    }

    private List<Integer> counts() {
        JsonNode counts = Objects.requireNonNull(this.api.call(HttpMethod.GET, "/jobs/stats").getBody()).get("counts");
        return List.of(counts.get("PENDING").intValue(), counts.get("COMPLETED").intValue(),
                counts.get("FAILED").intValue());
    }

    @Test
    void allowsEachActionOnlyWhereTheStateDoes() {
        JobView job = this.api.submit("a");
        String path = "/jobs/" + job.id();
        assertThat(statuses(path)).containsExactly(409, 409);
        this.api.call(HttpMethod.POST, path + "/cancel");
        assertThat(this.api.call(HttpMethod.POST, path + "/cancel").getStatusCode().value()).isEqualTo(409);
        assertThat(this.api.call(HttpMethod.POST, path + "/retry").getStatusCode().value()).isEqualTo(200);
        this.api.callback(job.id(), 2, "COMPLETED", "r");
        assertThat(this.api.call(HttpMethod.POST, path + "/cancel").getStatusCode().value()).isEqualTo(409);
        assertThat(this.api.call(HttpMethod.POST, path + "/retry").getStatusCode().value()).isEqualTo(409);
        assertThat(this.api.call(HttpMethod.DELETE, path).getStatusCode().value()).isEqualTo(204);
        assertThat(this.api.call(HttpMethod.GET, path).getStatusCode().value()).isEqualTo(404);
        assertThat(this.api.call(HttpMethod.DELETE, path).getStatusCode().value()).isEqualTo(404);
    }

    private List<Integer> statuses(String path) {
        return List.of(this.api.call(HttpMethod.POST, path + "/retry").getStatusCode().value(),
                this.api.call(HttpMethod.DELETE, path).getStatusCode().value());
    }

    private List<Type> historyOf(JobView job) {
        List<JobEvent> history = this.api.find(job.id()).history();
        return (history != null) ? history.stream().map(JobEvent::type).toList() : List.of();
    }

}
