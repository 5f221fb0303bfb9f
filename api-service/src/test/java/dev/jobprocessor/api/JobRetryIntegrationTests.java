package dev.jobprocessor.api;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.jobs.JobUsage;
import dev.jobprocessor.api.jobs.JobView;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** As clients, workers and workflows see it. */
@ApiIntegrationTest
class JobRetryIntegrationTests {

    private static final Map<String, String> SECRET = Map.of("x-webhook-secret", "sesame");

    private static final String FAILED_ATTEMPTS = "jobs_attempts_failed_total{reason=\"reported\"}";

    private static final String FAILED_JOBS = "jobs_failed_total{reason=\"reported\"}";

    @Autowired
    private ApiClient api;

    @Autowired
    private WorkQueue work;

    @Test
    void publishesTheNextTryWhenItIsDue() {
        String id = submit("fixed", 2);
        assertThat(this.work.take(id).get("attempt").intValue()).isEqualTo(1);
        Instant before = Instant.now();
        JsonNode retried = Objects.requireNonNull(fail(id, 1).getBody());
        assertThat(retried.get("status").stringValue()).isEqualTo("PENDING");
        assertThat(retried.get("attempt").intValue()).isEqualTo(2);
        assertThat(retried.has("error")).isFalse();
        assertThat(retried.get("tries").get("current").intValue()).isEqualTo(2);
        assertThat(retried.get("tries").get("max").intValue()).isEqualTo(3);
        assertThat(retried.get("tries").get("error").stringValue()).isEqualTo("no luck");
        assertThat(retried.get("tries").get("errorCode").stringValue()).isEqualTo("out_of_credit");
        assertThat(Instant.parse(retried.get("nextAttemptAt").stringValue()))
            .isBetween(before.plusSeconds(2).minusMillis(1), Instant.now().plusSeconds(2));
        assertThat(this.work.take(id).get("attempt").intValue()).isEqualTo(2);
        assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofMillis(1990));
        await().untilAsserted(() -> assertThat(this.api.find(id).nextAttemptAt()).isNull());
        assertThat(fail(id, 1).getStatusCode().value()).isEqualTo(200);
        this.api.callback(id, 2, "COMPLETED", "done");
        assertThat(this.api.find(id).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void countsTheLastFailureAlone() {
        double attempts = this.api.metric(FAILED_ATTEMPTS);
        double jobs = this.api.metric(FAILED_JOBS);
        String id = submit("exponential", 0);
        fail(id, 1);
        fail(id, 2);
        await().untilAsserted(() -> assertThat(count("PENDING")).isOne());
        assertThat(count("FAILED")).isZero();
        fail(id, 3);
        await().untilAsserted(() -> assertThat(count("FAILED")).isOne());
        await().untilAsserted(() -> assertThat(count("PENDING")).isZero());
        await().untilAsserted(() -> {
            assertThat(this.api.metric(FAILED_ATTEMPTS) - attempts).isEqualTo(2);
            assertThat(this.api.metric(FAILED_JOBS) - jobs).isOne();
        });
    }

    @Test
    void keepsAndCountsOnceWhatAModelUsed() {
        String id = submit("fixed", 2);
        Map<String, Object> report = Map.of("jobId", id, "attempt", 1, "result", "r", "usage",
                Map.of("model", "counted-model", "inputTokens", 12, "outputTokens", 3));
        for (int i = 0; i < 2; i++) {
            assertThat(this.api.post("/jobs/webhook/callback", report, SECRET)
                .retrieve()
                .toBodilessEntity()
                .getStatusCode()
                .value()).isEqualTo(200);
        }
        assertThat(this.api.find(id).usage()).isEqualTo(new JobUsage("counted-model", 12, 3));
        assertThat(this.api.metric("jobs_tokens_total{direction=\"input\",model=\"counted-model\",queue=\"default\"}"))
            .isEqualTo(12);
    }

    @Test
    void showsWhatTheClientAskedFor() {
        JobView job = this.api.find(submit("fixed", 2));
        assertThat(Objects.requireNonNull(job.request().retry()).maxAttempts()).isEqualTo(3);
        assertThat(job.request().retry().maxDelaySeconds()).isNull();
        assertThat(job.tries()).isNull();
    }

    private int count(String status) {
        return stats().get("counts").get(status).intValue();
    }

    private JsonNode stats() {
        return Objects.requireNonNull(this.api.call(HttpMethod.GET, "/jobs/stats").getBody());
    }

    private String submit(String backoff, int delaySeconds) {
        Map<String, Object> body = Map.of("prompt", "a", "retry",
                Map.of("maxAttempts", 3, "backoff", backoff, "delaySeconds", delaySeconds));
        JsonNode job = this.api.post("/jobs", body, Map.of()).retrieve().body(JsonNode.class);
        return Objects.requireNonNull(job).get("id").stringValue();
    }

    private ResponseEntity<JsonNode> fail(String id, int attempt) {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("jobId", id, "attempt", attempt, "status", "FAILED"));
        body.putAll(Map.of("error", "no luck", "errorCode", "out_of_credit"));
        return this.api.post("/jobs/webhook/callback", body, SECRET).retrieve().toEntity(JsonNode.class);
    }

}
