package dev.jobprocessor.api.waits;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.jobprocessor.api.ApiClient;
import dev.jobprocessor.api.ApiIntegrationTest;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.jobs.JobsChangedElsewhere;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ApiIntegrationTest
@TestPropertySource(properties = "waits.max=3")
class WaitIntegrationTests {

    @Autowired
    private ApiClient api;

    @Autowired
    private MongoOperations mongo;

    @Autowired
    private ApplicationEventPublisher events;

    @AfterEach
    void leavesNobodyWaiting() {
        await().until(() -> this.api.metric("jobs_waits") == 0);
    }

    @Test
    void returnsTheWholeJobOnceItHasEnded() {
        String id = this.api.submit("a").id();
        CompletableFuture<ResponseEntity<JsonNode>> read = read(id, "wait=60");
        awaitWaiting(1);
        this.api.callback(id, 1, "COMPLETED", "r".repeat(10_000));

        ResponseEntity<JsonNode> response = read.join();

        assertThat(response.getStatusCode().value()).isEqualTo(200);
        assertThat(response.getHeaders().getFirst("Preference-Applied")).isEqualTo("wait=60");
        assertThat(response.getHeaders().get(HttpHeaders.VARY)).contains("Prefer");
        assertThat(response.getHeaders().getCacheControl()).isEqualTo("no-cache");
        assertThat(response.getHeaders().getETag()).isNotNull();
        assertThat(body(response).path("status").asString()).isEqualTo("COMPLETED");
        assertThat(body(response).path("result").asString()).hasSize(10_000);
        assertThat(body(response).path("history")).isNotEmpty();
    }

    @Test
    void returnsTheJobAsItIsAfterTheTime() {
        String id = this.api.submit("a").id();

        ResponseEntity<JsonNode> response = read(id, "wait=1").join();

        assertThat(response.getStatusCode().value()).isEqualTo(200);
        assertThat(response.getHeaders().getFirst("Preference-Applied")).isEqualTo("wait=1");
        assertThat(body(response).path("status").asString()).isEqualTo("PENDING");
    }

    @Test
    void waitsForNothingWhereTheJobHasEnded() {
        String id = this.api.submit("a").id();
        this.api.callback(id, 1, "COMPLETED", "r");

        ResponseEntity<JsonNode> response = read(id, "wait=61").join();

        assertThat(response.getHeaders().getFirst("Preference-Applied")).isEqualTo("wait=60");
        assertThat(body(response).path("status").asString()).isEqualTo("COMPLETED");
    }

    @ParameterizedTest
    @ValueSource(strings = { "wait=soon", "respond-async" })
    void ignoresOtherPreferences(String preference) {
        ResponseEntity<JsonNode> response = read(this.api.submit("a").id(), preference).join();

        assertThat(response.getHeaders().containsHeader("Preference-Applied")).isFalse();
        assertThat(body(response).path("status").asString()).isEqualTo("PENDING");
    }

    @Test
    void returnsASubmissionOnceItsJobHasEnded() {
        double responses = this.api.metric("jobs_waits_responses_seconds_count");
        CompletableFuture<ResponseEntity<JsonNode>> submission = submit("wait=60");
        awaitWaiting(1);
        String id = Objects.requireNonNull(this.api.list("").getBody()).getFirst().id();
        this.api.callback(id, 1, "COMPLETED", "r");

        ResponseEntity<JsonNode> response = submission.join();

        assertThat(response.getStatusCode().value()).isEqualTo(201);
        assertThat(response.getHeaders().getLocation()).hasPath("/jobs/" + id);
        assertThat(response.getHeaders().get(HttpHeaders.LOCATION)).hasSize(1);
        assertThat(response.getHeaders().getFirst("Preference-Applied")).isEqualTo("wait=60");
        assertThat(response.getHeaders().get(HttpHeaders.VARY)).contains("Prefer");
        assertThat(body(response).path("status").asString()).isEqualTo("COMPLETED");
        assertThat(body(response).path("result").asString()).isEqualTo("r");
        await().until(() -> this.api.metric("jobs_waits_responses_seconds_count") == responses + 1);
    }

    @Test
    void returnsASubmissionAsItIsAfterTheTime() {
        ResponseEntity<JsonNode> response = submit("wait=1").join();

        assertThat(response.getStatusCode().value()).isEqualTo(201);
        assertThat(response.getHeaders().getFirst("Preference-Applied")).isEqualTo("wait=1");
        assertThat(body(response).path("status").asString()).isEqualTo("PENDING");
    }

    @Test
    void saysWhetherASubmissionIsReplayed() {
        String id = body(this.api.submit("a", "key-of-a-wait")).path("id").asString();
        this.api.callback(id, 1, "COMPLETED", "r");

        ResponseEntity<JsonNode> response = this.api
            .post("/jobs", Map.of("prompt", "a"), Map.of("Prefer", "wait=60", "Idempotency-Key", "key-of-a-wait"))
            .retrieve()
            .toEntity(JsonNode.class);

        assertThat(response.getStatusCode().value()).isEqualTo(200);
        assertThat(response.getHeaders().getFirst("Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void endsWithTheJob() {
        String cancelled = this.api.submit("a").id();
        CompletableFuture<ResponseEntity<JsonNode>> read = read(cancelled, "wait=60");
        awaitWaiting(1);
        this.api.call(HttpMethod.POST, "/jobs/" + cancelled + "/cancel");

        assertThat(body(read.join()).path("status").asString()).isEqualTo("CANCELLED");
    }

    @Test
    void knowsNoJobThatIsNotThere() {
        assertThat(read("6925f0a1c3b2a40f5d1e7a01", "wait=60").join().getStatusCode().value()).isEqualTo(404);
        assertThat(read("nonsense", "wait=60").join().getStatusCode().value()).isEqualTo(404);
    }

    @Test
    void learnsFromOtherInstances() {
        String id = this.api.submit("a").id();
        CompletableFuture<ResponseEntity<JsonNode>> read = read(id, "wait=60");
        awaitWaiting(1);

        this.events.publishEvent(new JobsChangedElsewhere(List.of(), List.of(id), List.of()));

        assertThat(read.join().getStatusCode().value()).isEqualTo(200);
    }

    /** As another instance does whose push is lost. */
    @Test
    void findsWhatNoPushTold() {
        String id = this.api.submit("a").id();
        CompletableFuture<ResponseEntity<JsonNode>> read = read(id, "wait=60");
        awaitWaiting(1);
        this.mongo.updateFirst(Query.query(Criteria.where(JobFields.ID).is(id)),
                Update.update(JobFields.STATUS, JobStatus.CANCELLED), "jobs");

        assertThat(body(read.orTimeout(30, TimeUnit.SECONDS).join()).path("status").asString()).isEqualTo("CANCELLED");
    }

    @Test
    void returnsAtOnceWhereTooManyWait() {
        String id = this.api.submit("a").id();
        double refused = this.api.metric("jobs_waits_refused_total");
        List<CompletableFuture<ResponseEntity<JsonNode>>> reads = List.of(read(id, "wait=60"), read(id, "wait=60"),
                read(id, "wait=60"));
        awaitWaiting(3);

        ResponseEntity<JsonNode> past = read(id, "wait=60").join();
        ResponseEntity<JsonNode> submission = submit("wait=60").join();

        assertThat(past.getStatusCode().value()).isEqualTo(200);
        assertThat(past.getHeaders().containsHeader("Preference-Applied")).isFalse();
        assertThat(body(past).path("status").asString()).isEqualTo("PENDING");
        assertThat(submission.getStatusCode().value()).isEqualTo(201);
        assertThat(submission.getHeaders().containsHeader("Preference-Applied")).isFalse();
        assertThat(this.api.metric("jobs_waits_refused_total")).isEqualTo(refused + 2);
        this.api.callback(id, 1, "COMPLETED", "r");
        reads.forEach((read) -> assertThat(body(read.join()).path("status").asString()).isEqualTo("COMPLETED"));
    }

    @Test
    void countsItsTimesByThemselves() {
        String id = this.api.submit("a").id();
        CompletableFuture<ResponseEntity<JsonNode>> read = read(id, "wait=60");
        awaitWaiting(1);
        this.api.callback(id, 1, "COMPLETED", "r");
        read.join();

        await().untilAsserted(
                () -> assertThat(this.api.metric("http_server_requests_seconds_count{(wait),method=\"GET\"}"))
                    .isPositive());
    }

    private void awaitWaiting(int calls) {
        await().atMost(Duration.ofSeconds(20)).until(() -> this.api.metric("jobs_waits") == calls);
    }

    private CompletableFuture<ResponseEntity<JsonNode>> read(String id, String preference) {
        return CompletableFuture.supplyAsync(
                () -> this.api.get("/jobs/" + id).header("Prefer", preference).retrieve().toEntity(JsonNode.class),
                Thread::startVirtualThread);
    }

    private CompletableFuture<ResponseEntity<JsonNode>> submit(String preference) {
        return CompletableFuture
            .supplyAsync(() -> this.api.post("/jobs", Map.of("prompt", "a"), Map.of("Prefer", preference))
                .retrieve()
                .toEntity(JsonNode.class), Thread::startVirtualThread);
    }

    private static JsonNode body(ResponseEntity<JsonNode> response) {
        return Objects.requireNonNull(response.getBody());
    }

}
