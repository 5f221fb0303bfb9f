package dev.jobprocessor.api;

import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;

@KeysRequiredIntegrationTest
class AccessIntegrationTests {

    @Autowired
    private ApiClient api;

    @Test
    void asksForACredential() {
        ResponseEntity<JsonNode> refused = this.api.call(HttpMethod.GET, "/jobs");

        assertThat(refused.getStatusCode().value()).isEqualTo(401);
        assertThat(refused.getHeaders().getFirst(HttpHeaders.WWW_AUTHENTICATE)).isEqualTo("Bearer");
        assertThat(body(refused).path("error").asString()).contains("API key");
        assertThat(body(refused).path("type").asString()).isEqualTo("urn:job-processor:unauthorized");
    }

    @Test
    void refusesWhatIsNoKey() {
        ResponseEntity<JsonNode> refused = call("/jobs", "jp_guess");

        assertThat(refused.getStatusCode().value()).isEqualTo(401);
        assertThat(refused.getHeaders().getFirst(HttpHeaders.WWW_AUTHENTICATE))
            .isEqualTo("Bearer error=\"invalid_token\"");
    }

    @Test
    void saysWhoTheCallerIs() {
        JsonNode me = body(call("/me", KeysRequiredIntegrationTest.ADMIN_KEY));

        assertThat(me.path("name").asString()).isEqualTo("key:admin");
        assertThat(me.path("roles")).hasSize(4);
        assertThat(me.path("access").asString()).isEqualTo("required");
    }

    @Test
    void letsAKeyDoWhatItsRolesAllow() {
        String key = create("ci", "submitter");

        assertThat(status(post("/jobs", Map.of("prompt", "a"), key))).isEqualTo(201);
        ResponseEntity<JsonNode> refused = call("/jobs/stats", key);
        assertThat(status(refused)).isEqualTo(403);
        assertThat(refused.getHeaders().getFirst(HttpHeaders.WWW_AUTHENTICATE))
            .isEqualTo("Bearer error=\"insufficient_scope\"");
    }

    @Test
    void revokesAKey() {
        ResponseEntity<JsonNode> created = post("/api-keys", Map.of("name", "ci", "roles", new String[] { "viewer" }),
                KeysRequiredIntegrationTest.ADMIN_KEY);
        String key = body(created).path("key").asString();
        assertThat(status(call("/jobs", key))).isEqualTo(200);

        this.api.call(HttpMethod.DELETE, "/api-keys/" + body(created).path("id").asString(),
                KeysRequiredIntegrationTest.ADMIN_KEY);

        assertThat(status(call("/jobs", key))).isEqualTo(401);
    }

    @Test
    void asksNoWorkerForAKey() {
        assertThat(this.api.callback("6925f0a1c3b2a40f5d1e7a01", 1, "COMPLETED", "a").getStatusCode().value())
            .isEqualTo(404);
    }

    @Test
    void asksNoProbeForAKey() {
        assertThat(status(this.api.call(HttpMethod.GET, "/health"))).isEqualTo(200);
        assertThat(status(this.api.manage(HttpMethod.GET, "/actuator/health"))).isEqualTo(200);
        assertThat(status(this.api.manage(HttpMethod.GET, "/actuator"))).isEqualTo(200);
        assertThat(this.api.metric("jvm_threads_live_threads")).isPositive();
        assertThat(status(this.api.manage(HttpMethod.POST, "/actuator/redispatch"))).isEqualTo(401);
    }

    private String create(String name, String role) {
        return body(post("/api-keys", Map.of("name", name, "roles", new String[] { role }),
                KeysRequiredIntegrationTest.ADMIN_KEY))
            .path("key")
            .asString();
    }

    private ResponseEntity<JsonNode> call(String path, String key) {
        return this.api.call(HttpMethod.GET, path, key);
    }

    private ResponseEntity<JsonNode> post(String path, Object body, String key) {
        return this.api.post(path, body, Map.of(HttpHeaders.AUTHORIZATION, "Bearer " + key))
            .retrieve()
            .toEntity(JsonNode.class);
    }

    private static int status(ResponseEntity<?> response) {
        return response.getStatusCode().value();
    }

    private static JsonNode body(ResponseEntity<JsonNode> response) {
        return Objects.requireNonNull(response.getBody());
    }

}
