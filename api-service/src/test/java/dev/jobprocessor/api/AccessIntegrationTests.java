package dev.jobprocessor.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

import static dev.jobprocessor.api.ApiKeyCalls.body;
import static dev.jobprocessor.api.ApiKeyCalls.status;
import static dev.jobprocessor.api.KeysRequiredIntegrationTest.ADMIN_KEY;
import static org.assertj.core.api.Assertions.assertThat;

@KeysRequiredIntegrationTest
class AccessIntegrationTests {

    @Autowired
    private ApiClient api;

    private ApiKeyCalls admin;

    @BeforeEach
    void useTheAdminsKey() {
        this.admin = ApiKeyCalls.admin(this.api);
    }

    @Test
    void asksForACredential() {
        ResponseEntity<JsonNode> refused = this.api.call(HttpMethod.GET, "/jobs");

        assertThat(status(refused)).isEqualTo(401);
        assertThat(refused.getHeaders().getFirst(HttpHeaders.WWW_AUTHENTICATE)).isEqualTo("Bearer");
        assertThat(body(refused).path("error").asString()).contains("API key");
        assertThat(body(refused).path("type").asString()).isEqualTo("urn:job-processor:unauthorized");
    }

    @ParameterizedTest
    @ValueSource(strings = { "jp_guess", "jp_TestsHaveThisKeyNobodyElseHas04EHrO3",
            "jp_000000000000000000000000000000000000", "neither-key-nor-token" })
    void refusesWhatIsNoKey(String text) {
        ResponseEntity<JsonNode> refused = new ApiKeyCalls(this.api, text).get("/jobs");

        assertThat(status(refused)).isEqualTo(401);
        assertThat(refused.getHeaders().getFirst(HttpHeaders.WWW_AUTHENTICATE))
            .isEqualTo("Bearer error=\"invalid_token\"");
    }

    @Test
    void refusesAMalformedHeader() {
        ResponseEntity<JsonNode> refused = new ApiKeyCalls(this.api, "neither key nor token").get("/jobs");

        assertThat(status(refused)).isIn(400, 401);
        assertThat(refused.getHeaders().getFirst(HttpHeaders.WWW_AUTHENTICATE)).startsWith("Bearer error=");
    }

    @Test
    void saysWhoTheCallerIs() {
        JsonNode me = body(this.admin.get("/session"));

        assertThat(me.path("name").asString()).isEqualTo("key:admin");
        assertThat(me.path("roles")).hasSize(4);
        assertThat(me.path("access").asString()).isEqualTo("required");
    }

    @Test
    void leadsToTheMetricsOnceSignedIn() {
        assertThat(body(this.admin.get("/session")).at("/links/grafana").asString())
            .isEqualTo("https://grafana.example.org");
        assertThat(this.api.get("/session").retrieve().body(String.class)).doesNotContain("grafana");
    }

    @Test
    void refusesWhatTheRolesOfAKeyDoNotAllow() {
        ResponseEntity<JsonNode> refused = this.admin.create("ci", "submitter").get("/jobs/stats");

        assertThat(status(refused)).isEqualTo(403);
        assertThat(refused.getHeaders().getFirst(HttpHeaders.WWW_AUTHENTICATE))
            .isEqualTo("Bearer error=\"insufficient_scope\"");
        assertThat(body(refused).path("type").asString()).isEqualTo("urn:job-processor:forbidden");
    }

    @Test
    void revokesAKey() {
        JsonNode created = this.admin.created("ci", "viewer");
        ApiKeyCalls viewer = new ApiKeyCalls(this.api, created.path("key").asString());
        assertThat(status(viewer.get("/jobs"))).isEqualTo(200);

        assertThat(status(this.admin.delete("/api-keys/" + created.path("id").asString()))).isEqualTo(204);

        assertThat(status(viewer.get("/jobs"))).isEqualTo(401);
        assertThat(status(this.admin.delete("/api-keys/" + created.path("id").asString()))).isEqualTo(204);
        assertThat(status(this.admin.delete("/api-keys/unknown"))).isEqualTo(404);
    }

    @Test
    void keepsTheLastKeyOfAnAdmin() {
        String own = ofAdmins().filter((key) -> ADMIN_KEY.startsWith(key.path("start").asString()))
            .findFirst()
            .orElseThrow()
            .path("id")
            .asString();
        this.admin.created("another", "admin", "viewer");
        this.admin.created("operator", "operator");
        List<String> others = ofAdmins().map((key) -> key.path("id").asString())
            .filter((id) -> !id.equals(own))
            .toList();

        assertThat(others).isNotEmpty()
            .allSatisfy((id) -> assertThat(status(this.admin.delete("/api-keys/" + id))).isEqualTo(204));
        ResponseEntity<JsonNode> refused = this.admin.delete("/api-keys/" + own);

        assertThat(status(refused)).isEqualTo(409);
        assertThat(body(refused).path("type").asString()).isEqualTo("urn:job-processor:last-admin-key");
        assertThat(body(refused).path("error").asString()).contains("Create another one first");
        assertThat(ofAdmins()).hasSize(1);
    }

    private Stream<JsonNode> ofAdmins() {
        return body(this.admin.get("/api-keys")).valueStream()
            .filter((key) -> !key.has("revokedAt") && key.path("roles").toString().contains("admin"));
    }

    @Test
    void showsTheTextOfAKeyOnce() {
        JsonNode created = this.admin.created("once", "viewer");
        JsonNode listed = body(this.admin.get("/api-keys")).valueStream()
            .filter((key) -> key.path("id").equals(created.path("id")))
            .findFirst()
            .orElseThrow();

        assertThat(created.path("key").asString()).matches("jp_[0-9A-Za-z]{36}")
            .startsWith(listed.path("start").asString());
        assertThat(listed.has("key")).isFalse();
        assertThat(listed.path("createdBy").asString()).isEqualTo("key:admin");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " a", "a ", "a\nb", "ä",
            "12345678901234567890123456789012345678901234567890123456789012345" })
    void refusesNamesOfKeysThatAreNone(String name) {
        assertThat(status(this.admin.post("/api-keys", Map.of("name", name, "roles", List.of("viewer")))))
            .isEqualTo(400);
    }

    @Test
    void acceptsTheLongestName() {
        assertThat(status(this.admin.post("/api-keys", Map.of("name", "a".repeat(64), "roles", List.of("viewer")))))
            .isEqualTo(201);
    }

    @Test
    void refusesKeysWithoutRolesOrFuture() {
        Instant past = Instant.now().minus(Duration.ofSeconds(1));

        assertThat(status(this.admin.post("/api-keys", Map.of("name", "a", "roles", List.of())))).isEqualTo(400);
        assertThat(status(this.admin.post("/api-keys", Map.of("name", "a", "roles", List.of("root"))))).isEqualTo(400);
        assertThat(status(this.admin.post("/api-keys",
                Map.of("name", "a", "roles", List.of("viewer"), "expiresAt", past.toString()))))
            .isEqualTo(400);
    }

    @Test
    void hidesTheJobsOfOthersFromSubmitters() {
        ApiKeyCalls one = this.admin.create("one", "submitter");
        ApiKeyCalls other = this.admin.create("other", "submitter");
        String id = one.submit("mine");

        assertThat(body(one.get("/jobs/" + id)).path("submittedBy").asString()).isEqualTo("key:one");
        assertThat(ids(one.get("/jobs"))).containsExactly(id);
        assertThat(ids(one.get("/jobs?status=PENDING&limit=1"))).containsExactly(id);
        for (String query : List.of("", "?status=PENDING", "?q=mine", "?limit=1", "?queue=default")) {
            assertThat(ids(other.get("/jobs" + query))).as(query).isEmpty();
        }
        assertThat(one.text("/jobs/export")).hasLineCount(1).contains(id);
        assertThat(other.text("/jobs/export")).isNullOrEmpty();
        assertThat(status(other.get("/jobs/" + id))).isEqualTo(404);
        assertThat(status(other.post("/jobs/" + id + "/cancel", Map.of()))).isEqualTo(404);
        assertThat(status(other.post("/jobs/" + id + "/retry", Map.of()))).isEqualTo(404);
        assertThat(status(other.delete("/jobs/" + id))).isEqualTo(404);
        assertThat(status(one.post("/jobs/" + id + "/cancel", Map.of()))).isEqualTo(200);
        assertThat(status(one.delete("/jobs/" + id))).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource({ "GET,''", "GET,?a=b", "DELETE,''", "POST,/cancel", "POST,/retry" })
    void tellsSubmittersOfAnotherJobByteForByteWhatItTellsOfNone(String method, String rest) {
        String id = this.admin.submit("secret");
        String none = "6925f0a1c3b2a40f5d1e7a01";
        ApiKeyCalls other = this.admin.create("other", "submitter");

        ResponseEntity<String> hidden = call(other, method, "/jobs/" + id + rest);
        ResponseEntity<String> unknown = call(other, method, "/jobs/" + none + rest);

        assertThat(status(hidden)).isEqualTo(status(unknown)).isEqualTo(404);
        assertThat(hidden.getBody()).contains(id)
            .isEqualTo(Objects.requireNonNull(unknown.getBody()).replace(none, id));
        assertThat(headers(hidden)).isEqualTo(headers(unknown));
    }

    private ResponseEntity<String> call(ApiKeyCalls caller, String method, String path) {
        return this.api
            .exchange(HttpMethod.valueOf(method), path,
                    Map.of(HttpHeaders.AUTHORIZATION, "Bearer " + caller.key(), HttpHeaders.IF_NONE_MATCH, "W/\"1\""))
            .toEntity(String.class);
    }

    private static Map<String, List<String>> headers(ResponseEntity<?> response) {
        Map<String, List<String>> headers = new TreeMap<>();
        response.getHeaders().forEach(headers::put);
        headers.remove("Date");
        return headers;
    }

    @Test
    void showsViewersAllJobsAndLetsThemChangeTheirOwn() {
        String id = this.admin.create("one", "submitter").submit("a");
        ApiKeyCalls both = this.admin.create("both", "viewer", "submitter");

        assertThat(ids(both.get("/jobs"))).containsExactly(id);
        assertThat(status(both.get("/jobs/" + id))).isEqualTo(200);
        assertThat(status(both.post("/jobs/" + id + "/cancel", Map.of()))).isEqualTo(403);
        assertThat(status(both.delete("/jobs/" + id))).isEqualTo(403);
        assertThat(status(both.delete("/jobs/6925f0a1c3b2a40f5d1e7a01"))).isEqualTo(404);
        assertThat(status(both.post("/jobs/" + both.submit("b") + "/cancel", Map.of()))).isEqualTo(200);
        assertThat(status(this.admin.create("operator", "operator").post("/jobs/" + id + "/cancel", Map.of())))
            .isEqualTo(200);
    }

    @Test
    void keepsTheIdempotencyKeysOfCallersApart() {
        ApiKeyCalls one = this.admin.create("one", "submitter");
        ApiKeyCalls other = this.admin.create("other", "submitter");
        Map<String, String> key = Map.of("Idempotency-Key", "order-17");

        JsonNode first = body(one.post("/jobs", Map.of("prompt", "a"), key));

        assertThat(status(other.post("/jobs", Map.of("prompt", "b"), key))).isEqualTo(201);
        assertThat(body(one.post("/jobs", Map.of("prompt", "a"), key)).path("id")).isEqualTo(first.path("id"));
        assertThat(status(one.post("/jobs", Map.of("prompt", "b"), key))).isEqualTo(422);
    }

    @Test
    void ignoresWhatClientsMayNotSet() {
        JsonNode job = body(this.admin.create("one", "submitter")
            .post("/jobs", Map.of("prompt", "a", "submittedBy", "key:admin", "status", "COMPLETED", "attempt", 7, "id",
                    "1", "result", "done")));

        assertThat(job.path("submittedBy").asString()).isEqualTo("key:one");
        assertThat(job.path("status").asString()).isEqualTo("PENDING");
        assertThat(job.path("attempt").asInt()).isOne();
        assertThat(job.path("id").asString()).isNotEqualTo("1");
        assertThat(job.has("result")).isFalse();
    }

    @Test
    void asksNoWorkerForAKey() {
        assertThat(status(this.api.callback("6925f0a1c3b2a40f5d1e7a01", 1, "COMPLETED", "a"))).isEqualTo(404);
    }

    @Test
    void asksNoProbeForAKeyNorWhoeverIsOnThisMachine() {
        assertThat(status(this.api.call(HttpMethod.GET, "/health"))).isEqualTo(200);
        assertThat(status(this.api.manage(HttpMethod.GET, "/actuator/health"))).isEqualTo(200);
        assertThat(status(this.api.manage(HttpMethod.GET, "/actuator"))).isEqualTo(200);
        assertThat(this.api.metric("jvm_threads_live_threads")).isPositive();
        assertThat(status(this.api.manage(HttpMethod.POST, "/actuator/redispatch"))).isEqualTo(200);
    }

    /** Those of other origins are refused as such, whose pages could not read a 401. */
    @Test
    void asksNoPreflightForAKey() {
        assertThat(status(this.api.preflight("/jobs", "authorization"))).isEqualTo(403);
    }

    private static List<String> ids(ResponseEntity<JsonNode> page) {
        return body(page).valueStream().map((job) -> job.path("id").asString()).toList();
    }

}
