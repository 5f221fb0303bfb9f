package dev.jobprocessor.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

import static dev.jobprocessor.api.KeysRequiredIntegrationTest.ADMIN_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@KeysRequiredIntegrationTest
class AuditIntegrationTests {

    private static final Instant LONG_AGO = Instant.parse("2026-01-02T03:04:05Z");

    @Autowired
    private ApiClient api;

    @Autowired
    private MongoOperations mongo;

    private final JsonMapper json = new JsonMapper();

    @BeforeEach
    void startWithoutEntries() {
        this.mongo.remove(new Query(), "audit");
    }

    @Test
    void tellsWhoChangedWhat() {
        JsonNode job = body(post("/jobs", Map.of("prompt", "never in the log")));
        this.api.call(HttpMethod.DELETE, "/jobs/" + job.path("id").asString(), ADMIN_KEY); // is
                                                                                           // PENDING
        post("/jobs/" + job.path("id").asString() + "/cancel", Map.of());
        post("/queues/default/pause", Map.of());
        post("/queues/default/resume", Map.of());

        await()
            .untilAsserted(() -> assertThat(texts(entries(""), "action")).containsExactly("POST /queues/{name}/resume",
                    "POST /queues/{name}/pause", "POST /jobs/{id}/cancel", "POST /jobs"));
        assertThat(texts(entries(""), "target")).containsExactly("default", "default", job.path("id").asString(),
                job.path("id").asString());
        assertThat(entries("").toString()).doesNotContain("never");
        JsonNode entry = entries("").get(0);
        assertThat(entry.path("actor").asString()).isEqualTo("key:admin");
        assertThat(entry.path("keyId").asString()).isNotEmpty();
        assertThat(entry.path("status").asInt()).isEqualTo(200);
        assertThat(entry.path("outcome").asString()).isEqualTo("done");
        assertThat(entry.path("address").asString()).isNotEmpty();
        assertThat(entry.path("traceId").asString()).hasSize(32);
        assertThat(entry.path("userAgent").asString()).isNotEmpty();
    }

    @Test
    void tellsWhoWasRefused() {
        this.api.call(HttpMethod.DELETE, "/jobs/6925f0a1c3b2a40f5d1e7a01");
        String key = body(post("/api-keys", Map.of("name", "reader", "roles", List.of("viewer")))).path("key")
            .asString();
        this.api.call(HttpMethod.DELETE, "/jobs/6925f0a1c3b2a40f5d1e7a01", key);

        await().untilAsserted(() -> assertThat(texts(entries("?target=6925f0a1c3b2a40f5d1e7a01"), "status"))
            .containsExactly("403", "401"));
        JsonNode refused = entries("?target=6925f0a1c3b2a40f5d1e7a01");
        assertThat(texts(refused, "outcome")).containsOnly("refused");
        assertThat(texts(refused, "action")).containsOnly("DELETE /jobs/{id}");
        assertThat(texts(refused, "actor")).containsExactly("key:reader", "");
    }

    @Test
    void filtersAndPages() {
        store(5);

        assertThat(texts(entries("?actor=key:1"), "target")).containsExactly("4", "1");
        assertThat(texts(entries("?action=POST /even"), "target")).containsExactly("4", "2", "0");
        assertThat(texts(entries("?since=" + LONG_AGO.plusSeconds(1) + "&before=" + LONG_AGO.plusSeconds(2)), "target"))
            .containsExactly("3", "2");

        List<String> pages = new ArrayList<>();
        for (String path = "/audit?limit=2"; path != null;) {
            ResponseEntity<JsonNode> page = this.api.call(HttpMethod.GET, path, ADMIN_KEY);
            pages.addAll(texts(body(page), "target"));
            String link = page.getHeaders().getFirst(HttpHeaders.LINK);
            path = (link != null) ? link.substring(link.indexOf("/audit"), link.indexOf('>')) : null;
        }
        assertThat(pages).containsExactly("4", "3", "2", "1", "0");
    }

    @Test
    void exportsALineAnEntry() {
        store(1203);

        String lines = Objects.requireNonNull(this.api.get("/audit/export?actor=key:1")
            .header(HttpHeaders.AUTHORIZATION, "Bearer " + ADMIN_KEY)
            .retrieve()
            .body(String.class));
        assertThat(lines.lines().map((line) -> this.json.readTree(line).path("target").asString())).hasSize(401)
            .startsWith("1201", "1198")
            .endsWith("4", "1");
    }

    @Test
    void refusesWhatNoIndexServesAndBadInput() {
        assertThat(refused("?actor=a&target=b")).contains("No index serves actor and target together");
        assertThat(refused("?limit=0")).contains("limit");
        assertThat(refused("?limit=501")).contains("limit");
        assertThat(refused("?after=x")).contains("after");
        assertThat(refused("?since=yesterday")).contains("since");
        assertThat(refused("?actor=" + "a".repeat(201))).contains("actor");
        assertThat(entries("?limit=500&actor=" + "a".repeat(200))).isEmpty();
    }

    private void store(int number) {
        this.mongo.insert(IntStream.range(0, number)
            .mapToObj((i) -> new Document("_id", new ObjectId()).append("at", LONG_AGO.plusSeconds(i / 2))
                .append("actor", "key:" + i % 3)
                .append("action", (i % 2 == 0) ? "POST /even" : "POST /odd")
                .append("target", String.valueOf(i))
                .append("status", 200)
                .append("outcome", "DONE"))
            .toList(), "audit");
    }

    private String refused(String query) {
        ResponseEntity<JsonNode> response = this.api.call(HttpMethod.GET, "/audit" + query, ADMIN_KEY);
        assertThat(response.getStatusCode().value()).isEqualTo(400);
        return body(response).path("error").asString();
    }

    private JsonNode entries(String query) {
        return body(this.api.call(HttpMethod.GET, "/audit" + query.replace(" ", "%20"), ADMIN_KEY));
    }

    private static List<String> texts(JsonNode entries, String field) {
        List<String> texts = new ArrayList<>();
        entries.forEach((entry) -> texts.add(entry.path(field).asString("")));
        return texts;
    }

    private ResponseEntity<JsonNode> post(String path, Object body) {
        return this.api.post(path, body, Map.of(HttpHeaders.AUTHORIZATION, "Bearer " + ADMIN_KEY))
            .retrieve()
            .toEntity(JsonNode.class);
    }

    private static JsonNode body(ResponseEntity<JsonNode> response) {
        return Objects.requireNonNull(response.getBody());
    }

}
