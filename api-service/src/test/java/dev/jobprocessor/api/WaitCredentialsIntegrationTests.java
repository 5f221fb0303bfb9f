package dev.jobprocessor.api;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

import static dev.jobprocessor.api.ApiKeyCalls.body;
import static dev.jobprocessor.api.ApiKeyCalls.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@KeysRequiredIntegrationTest
class WaitCredentialsIntegrationTests {

    @Autowired
    private ApiClient api;

    @LocalServerPort
    private int port;

    private ApiKeyCalls admin;

    @BeforeEach
    void useTheAdminsKey() {
        this.admin = ApiKeyCalls.admin(this.api);
    }

    @AfterEach
    void leavesNobodyWaiting() {
        await().until(() -> this.api.metric("jobs_waits") == 0);
    }

    @Test
    void waitsForOnesOwnJobsAlone() {
        ApiKeyCalls submitter = this.admin.create("own", "submitter");
        String own = submitter.submit("a");
        String other = this.admin.submit("b");

        assertThat(status(wait(other, submitter.key()).join())).isEqualTo(404);
        CompletableFuture<ResponseEntity<JsonNode>> read = wait(own, submitter.key());
        awaitWaiting();
        submitter.post("/jobs/" + own + "/cancel", Map.of());

        assertThat(body(read.join()).path("status").asString()).isEqualTo("CANCELLED");
    }

    @Test
    void returnsNothingToAKeyThatWasRevokedMeanwhile() {
        JsonNode key = this.admin.created("revoked", "viewer");
        String id = this.admin.submit("a");
        CompletableFuture<ResponseEntity<JsonNode>> read = wait(id, key.path("key").asString());
        awaitWaiting();
        this.admin.delete("/api-keys/" + key.path("id").asString());
        this.admin.post("/jobs/" + id + "/cancel", Map.of());

        assertThat(status(read.join())).isEqualTo(401);
    }

    @Test
    void waitsWithASession() {
        Browser browser = new Browser(this.port, false);
        browser.signIn(this.admin.create("session", "viewer").key());
        String id = this.admin.submit("a");
        CompletableFuture<ResponseEntity<JsonNode>> read = read(id,
                Map.of("Cookie", "session=" + browser.cookie("session"), "Prefer", "wait=60"));
        awaitWaiting();
        this.admin.post("/jobs/" + id + "/cancel", Map.of());

        assertThat(body(read.join()).path("status").asString()).isEqualTo("CANCELLED");
    }

    @Test
    void auditsASubmissionThatWaits() {
        ApiKeyCalls submitter = this.admin.create("audited", "submitter");
        CompletableFuture<ResponseEntity<JsonNode>> submission = CompletableFuture.supplyAsync(
                () -> submitter.post("/jobs", Map.of("prompt", "a"), Map.of("Prefer", "wait=60")),
                Thread::startVirtualThread);
        awaitWaiting();

        await().untilAsserted(() -> {
            JsonNode entry = body(this.admin.get("/audit?actor=key:audited&limit=1")).path(0);
            assertThat(entry.path("status").asInt()).isEqualTo(201);
            assertThat(entry.path("target").asString()).hasSize(24);
        });
        this.admin.post("/jobs/" + body(this.admin.get("/jobs?limit=1")).path(0).path("id").asString() + "/cancel",
                Map.of());
        assertThat(status(submission.join())).isEqualTo(201);
    }

    private void awaitWaiting() {
        await().until(() -> this.api.metric("jobs_waits") == 1);
    }

    private CompletableFuture<ResponseEntity<JsonNode>> wait(String id, String key) {
        return read(id, Map.of("Authorization", "Bearer " + key, "Prefer", "wait=60"));
    }

    private CompletableFuture<ResponseEntity<JsonNode>> read(String id, Map<String, String> headers) {
        return CompletableFuture.supplyAsync(
                () -> this.api.exchange(HttpMethod.GET, "/jobs/" + id, headers).toEntity(JsonNode.class),
                Thread::startVirtualThread);
    }

}
