package dev.jobprocessor.api;

import java.util.Objects;

import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.jobs.JobView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What operators see of messages that no worker could handle, and of the service. */
@ApiIntegrationTest
class DeskIntegrationTests {

    @Autowired
    private ApiClient api;

    @Autowired
    private WorkQueue work;

    @Autowired
    private MongoOperations mongo;

    @BeforeEach
    void forget() {
        this.mongo.remove(new Query(), "dead-letters");
    }

    @Test
    void keepsADeadLetterUntilItsJobIsRequeued() {
        JobView job = this.api.submit("cursed");
        String body = "{\"jobId\":\"%s\",\"attempt\":1}".formatted(job.id());
        this.work.send("job.dead", body, "The message is cursed.");
        this.work.send("job.dead", body, "The message is cursed.");
        await().untilAsserted(() -> assertThat(this.api.find(job.id()).status()).isEqualTo(JobStatus.FAILED));
        JsonNode letter = onlyLetter();
        assertThat(letter.path("reason").asString()).isEqualTo("The message is cursed.");
        assertThat(letter.path("payload").asString()).isEqualTo(body);
        assertThat(letter.path("bytes").asInt()).isEqualTo(body.length());
        assertThat(letter.path("jobId").asString()).isEqualTo(job.id());

        String path = "/dead-letters/" + letter.path("id").asString();
        assertThat(status(HttpMethod.POST, path + "/requeue")).isEqualTo(204);
        assertThat(this.api.find(job.id()).attempt()).isEqualTo(2);
        assertThat(get("/dead-letters")).isEmpty();
        assertThat(status(HttpMethod.POST, path + "/requeue")).isEqualTo(404);
    }

    @Test
    void completesTheJobOfAParkedResultInsteadOfHavingItWorkedAgain() {
        JobView job = this.api.submit("expensive");
        String result = "r".repeat(70_000);
        parkedAndDead(job, 1, result);
        await().untilAsserted(() -> assertThat(this.api.find(job.id()).status()).isEqualTo(JobStatus.FAILED));
        JsonNode letter = onlyLetter();
        assertThat(letter.has("finished")).isFalse();

        assertThat(status(HttpMethod.POST, "/dead-letters/" + letter.path("id").asString() + "/requeue"))
            .isEqualTo(204);
        JobView completed = this.api.find(job.id());
        assertThat(completed.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(completed.attempt()).isEqualTo(1);
        assertThat(completed.result()).isEqualTo(result);
        assertThat(Objects.requireNonNull(completed.usage()).outputTokens()).isEqualTo(5);
        assertThat(get("/dead-letters")).isEmpty();
    }

    @Test
    void keepsAParkedResultThatAnotherAttemptFollowed() {
        JobView job = this.api.submit("expensive");
        parkedAndDead(job, 1, "r");
        await().untilAsserted(() -> assertThat(this.api.find(job.id()).status()).isEqualTo(JobStatus.FAILED));
        this.api.call(HttpMethod.POST, "/jobs/" + job.id() + "/retry");

        assertThat(status(HttpMethod.POST, "/dead-letters/" + onlyLetter().path("id").asString() + "/requeue"))
            .isEqualTo(409);
        assertThat(this.api.find(job.id()).status()).isEqualTo(JobStatus.PENDING);
        assertThat(get("/dead-letters")).hasSize(1);
    }

    @Test
    void hasTheJobOfAParkedFailureWorkedAgain() {
        JobView job = this.api.submit("unlucky");
        this.work.send("job.dead",
                "{\"jobId\":\"%s\",\"attempt\":1,\"status\":\"FAILED\",\"error\":\"no\"}".formatted(job.id()),
                "Cursed.");
        await().untilAsserted(() -> assertThat(this.api.find(job.id()).status()).isEqualTo(JobStatus.FAILED));

        assertThat(status(HttpMethod.POST, "/dead-letters/" + onlyLetter().path("id").asString() + "/requeue"))
            .isEqualTo(204);
        assertThat(this.api.find(job.id()).attempt()).isEqualTo(2);
    }

    private void parkedAndDead(JobView job, int attempt, String result) {
        this.work.send("job.dead", """
                {"jobId":"%s","attempt":%d,"status":"COMPLETED","result":"%s",
                 "usage":{"model":"m","inputTokens":7,"outputTokens":5}}""".formatted(job.id(), attempt, result),
                "The message is cursed.");
    }

    @Test
    void keepsWhatNamesNoJobUntilItIsDiscarded() {
        this.work.send("job.dead", "x".repeat(65_537), "Unreadable.");
        JsonNode letter = onlyLetter();
        assertThat(letter.has("jobId")).isFalse();
        assertThat(letter.path("payload").asString()).hasSize(65_536);
        assertThat(letter.path("bytes").asInt()).isEqualTo(65_537);
        await().untilAsserted(() -> assertThat(deadLetters().path("count").asInt()).isOne());
        assertThat(deadLetters().path("ok").asBoolean()).isFalse();
        String path = "/dead-letters/" + letter.path("id").asString();
        assertThat(status(HttpMethod.POST, path + "/requeue")).isEqualTo(409);
        assertThat(get("/dead-letters")).hasSize(1);
        assertThat(status(HttpMethod.DELETE, path)).isEqualTo(204);
        assertThat(get("/dead-letters")).isEmpty();
        assertThat(deadLetters().path("count").asInt(-1)).isZero();
        assertThat(status(HttpMethod.DELETE, path)).isEqualTo(404);
    }

    private JsonNode deadLetters() {
        return get("/system").path("checks").get(3);
    }

    @Test
    void saysThatAllPartsWorkAndShowsNoSecret() {
        await().untilAsserted(() -> {
            JsonNode system = get("/system");
            assertThat(system.path("checks").findValuesAsString("name")).containsExactly("database", "broker", "outbox",
                    "dead letters", "clock", "indexes");
            assertThat(system.path("checks"))
                .allSatisfy((check) -> assertThat(check.path("ok").asBoolean()).as(check.toString()).isTrue());
        });
        assertThat(get("/system").path("checks").get(0).path("detail").asString()).matches("version \\d.*");
        assertThat(get("/system").path("checks").get(1).path("detail").asString())
            .matches("(RabbitMQ|qpid|Apache Qpid.*|.*Broker-J.*) \\d.*, \\d+ connections");
        JsonNode settings = get("/system").path("settings");
        assertThat(settings.path("jobs.queues").asString()).contains("llm");
        assertThat(settings.path("dispatch.confirm-timeout").asString()).isEqualTo("2s");
        assertThat(settings.toString()).doesNotContain("sesame").doesNotContain("amqp:").doesNotContain("mongodb:");
    }

    private JsonNode onlyLetter() {
        await().untilAsserted(() -> assertThat(get("/dead-letters")).hasSize(1));
        return get("/dead-letters").get(0);
    }

    private JsonNode get(String path) {
        return Objects.requireNonNull(this.api.call(HttpMethod.GET, path).getBody());
    }

    private int status(HttpMethod method, String path) {
        return this.api.call(method, path).getStatusCode().value();
    }

}
