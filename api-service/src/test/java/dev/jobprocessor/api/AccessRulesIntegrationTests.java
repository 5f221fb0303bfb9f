package dev.jobprocessor.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.http.HttpMethod;

import static dev.jobprocessor.api.ApiKeyCalls.body;
import static dev.jobprocessor.api.ApiKeyCalls.status;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls every operation of the OpenAPI document with every credential. A new operation
 * needs a row in {@link #RULES}, and one in the table of the service that agrees with it.
 */
@KeysRequiredIntegrationTest
class AccessRulesIntegrationTests {

    private static final Set<String> ALL = Set.of("viewer", "submitter", "operator", "admin");

    private static final Set<String> SEE_ALL = Set.of("viewer", "operator", "admin");

    private static final Set<String> SUBMITTERS = Set.of("submitter", "operator", "admin");

    private static final Set<String> OPERATORS = Set.of("operator", "admin");

    private static final Set<String> ADMINS = Set.of("admin");

    /** What is no role's: the webhook's secret guards it, or it is public. */
    private static final Set<String> OPEN = Set.of();

    private static final Map<String, Set<String>> RULES = Map.ofEntries(Map.entry("GET /session", OPEN),
            Map.entry("POST /session", OPEN), Map.entry("GET /audit", ADMINS), Map.entry("GET /audit/export", ADMINS),
            Map.entry("GET /health", OPEN), Map.entry("GET /jobs", ALL), Map.entry("POST /jobs", SUBMITTERS),
            Map.entry("POST /jobs/batch", SUBMITTERS), Map.entry("GET /jobs/stats", SEE_ALL),
            Map.entry("GET /jobs/stats/queues", SEE_ALL), Map.entry("GET /jobs/stats/history", SEE_ALL),
            Map.entry("GET /jobs/export", ALL), Map.entry("GET /jobs/{id}", ALL),
            Map.entry("GET /jobs/{id}/output", ALL), Map.entry("GET /jobs/{id}/events", ALL),
            Map.entry("DELETE /jobs/{id}", SUBMITTERS), Map.entry("POST /jobs/{id}/cancel", SUBMITTERS),
            Map.entry("POST /jobs/{id}/retry", SUBMITTERS), Map.entry("POST /jobs/{id}/start", OPEN),
            Map.entry("POST /jobs/{id}/progress", OPEN), Map.entry("POST /jobs/webhook/callback", OPEN),
            Map.entry("POST /jobs/webhook/callbacks", OPEN), Map.entry("GET /queues", ALL),
            Map.entry("POST /queues/{name}/pause", OPERATORS), Map.entry("POST /queues/{name}/resume", OPERATORS),
            Map.entry("GET /workers", SEE_ALL), Map.entry("POST /workers/{name}/drain", OPERATORS),
            Map.entry("POST /workers/{name}/resume", OPERATORS), Map.entry("POST /workers/heartbeat", OPEN),
            Map.entry("GET /api-keys", ADMINS), Map.entry("POST /api-keys", ADMINS),
            Map.entry("DELETE /api-keys/{id}", ADMINS), Map.entry("GET /jobs/{id}/deliveries", ALL),
            Map.entry("GET /dead-letters", OPERATORS), Map.entry("POST /dead-letters/{id}/requeue", OPERATORS),
            Map.entry("DELETE /dead-letters/{id}", OPERATORS), Map.entry("GET /system", OPERATORS),
            Map.entry("POST /jobs/{id}/deliveries/{deliveryId}/redeliver", SUBMITTERS),
            Map.entry("POST /deliveries/redeliver", OPERATORS), Map.entry("GET /webhook-secrets", SUBMITTERS),
            Map.entry("POST /webhook-secrets", SUBMITTERS), Map.entry("DELETE /webhook-secrets/{id}", SUBMITTERS),
            Map.entry("POST /bulk", OPERATORS), Map.entry("GET /failures", SEE_ALL), Map.entry("GET /bulk", SEE_ALL),
            Map.entry("GET /bulk/{id}", SEE_ALL), Map.entry("POST /bulk/{id}/cancel", OPERATORS));

    @Autowired
    private ApiClient api;

    @Autowired
    private MongoOperations mongo;

    private ApiKeyCalls admin;

    @BeforeEach
    void useTheAdminsKey() {
        this.admin = ApiKeyCalls.admin(this.api);
    }

    @Test
    void hasARuleForEveryOperation() {
        assertThat(new TreeSet<>(operations())).isEqualTo(new TreeSet<>(RULES.keySet()));
    }

    @Test
    void letsEachRoleDoWhatItMay() {
        Map<String, @Nullable String> keys = keys();
        List<String> violations = new ArrayList<>();
        for (String operation : operations()) {
            Set<String> allowed = RULES.getOrDefault(operation, ADMINS);
            keys.forEach((role, key) -> {
                int status = call(operation, key);
                if (status != expected(allowed, role, status)) {
                    violations.add("%s by %s: %d".formatted(operation, role, status));
                }
            });
        }
        assertThat(violations).isEmpty();
    }

    /** What is allowed fails otherwise: there is no such job, no body. */
    private static int expected(Set<String> allowed, String role, int status) {
        if (allowed.contains(role)) {
            return (status == 401 || status == 403 || status >= 500) ? 0 : status;
        }
        if (allowed == OPEN) {
            return (status >= 500) ? 0 : status; // as whatever else guards it decides
        }
        return ALL.contains(role) ? 403 : 401;
    }

    @Test
    void guardsWhatIsNotOnTheListAsAnAdmins() {
        String viewer = this.admin.create("viewer", "viewer").key();
        for (String path : List.of("/jobs/1/files", "/queues/default", "/workers/a/b/c", "/api-keys/1/2", "/audit/x")) {
            assertThat(call("GET " + path, null)).as(path).isEqualTo(401);
            assertThat(call("GET " + path, viewer)).as(path).isEqualTo(403);
            assertThat(call("PUT " + path, viewer)).as(path).isEqualTo(403);
            assertThat(call("GET " + path, this.admin.key())).as(path).isIn(404, 405);
        }
    }

    @Test
    void guardsOtherSpellingsOfAPath() {
        for (String path : List.of("/jobs/", "/jobs;a=b", "//jobs", "/./jobs", "/x/../jobs", "/job%73", "/jobs%2f",
                "/JOBS", "/jobs/.", "/api-keys/", "/api-keys;a", "/health/../jobs", "/assets/../api-keys", "/jobs%00",
                "/jobs%3b")) {
            assertThat(call("GET " + path, null)).as(path).isIn(400, 401, 404);
        }
    }

    @Test
    void takesNoCredentialOfOthersForAKeyWhereWorkersReport() {
        Map<String, String> headers = Map.of("Authorization", "Bearer of-the-workflow", "x-webhook-secret", "sesame");

        assertThat(status(this.api
            .post("/jobs/webhook/callback", Map.of("jobId", "6925f0a1c3b2a40f5d1e7a01", "result", "a"), headers)
            .retrieve()
            .toBodilessEntity())).isEqualTo(404);
    }

    @Test
    void answersHeadAsGet() {
        assertThat(call("HEAD /jobs", null)).isEqualTo(401);
        assertThat(call("HEAD /api-keys", this.admin.create("viewer", "viewer").key())).isEqualTo(403);
    }

    private List<String> operations() {
        JsonNode paths = body(this.api.call(HttpMethod.GET, "/v3/api-docs")).path("paths");
        return paths.propertyStream()
            .flatMap((path) -> path.getValue()
                .propertyNames()
                .stream()
                .map((method) -> method.toUpperCase(Locale.ROOT) + " " + path.getKey()))
            .toList();
    }

    /** By role, and by what is wrong with them. */
    private Map<String, @Nullable String> keys() {
        Map<String, @Nullable String> keys = new TreeMap<>();
        ALL.forEach((role) -> keys.put(role, this.admin.create(role, role).key()));
        keys.put("none", null);
        keys.put("wrong", "jp_000000000000000000000000000000000000");
        JsonNode expired = this.admin.created("expired", "admin");
        keys.put("expired", expired.path("key").asString());
        expire(expired.path("id").asString());
        JsonNode revoked = this.admin.created("revoked", "admin");
        keys.put("revoked", revoked.path("key").asString());
        this.admin.delete("/api-keys/" + revoked.path("id").asString());
        return keys;
    }

    private void expire(String id) {
        this.mongo.updateFirst(Query.query(Criteria.where("_id").is(new ObjectId(id))),
                Update.update("expiresAt", Instant.now()), "api-keys");
    }

    private int call(String operation, @Nullable String key) {
        String[] parts = operation.replaceAll("\\{\\w+}", "unknown").split(" ");
        Map<String, String> headers = new HashMap<>();
        if (key != null) {
            headers.put("Authorization", "Bearer " + key);
        }
        return status(this.api.exchange(HttpMethod.valueOf(parts[0]), Objects.requireNonNull(parts[1]), headers)
            .toBodilessEntity());
    }

}
