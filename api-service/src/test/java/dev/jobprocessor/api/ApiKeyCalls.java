package dev.jobprocessor.api;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

/**
 * Calls with an API key.
 *
 * @param key its text
 */
record ApiKeyCalls(ApiClient api, String key) {

    static ApiKeyCalls admin(ApiClient api) {
        return new ApiKeyCalls(api, KeysRequiredIntegrationTest.ADMIN_KEY);
    }

    /** Creates a key with these roles. */
    ApiKeyCalls create(String name, String... roles) {
        return new ApiKeyCalls(this.api, created(name, roles).path("key").asString());
    }

    JsonNode created(String name, String... roles) {
        return body(post("/api-keys", Map.of("name", name, "roles", List.of(roles))));
    }

    ResponseEntity<JsonNode> get(String path) {
        return this.api.call(HttpMethod.GET, path, this.key);
    }

    @Nullable String text(String path) {
        return this.api.exchange(HttpMethod.GET, path, Map.of("Authorization", "Bearer " + this.key))
            .body(String.class);
    }

    ResponseEntity<JsonNode> delete(String path) {
        return this.api.call(HttpMethod.DELETE, path, this.key);
    }

    ResponseEntity<JsonNode> post(String path, Object body) {
        return post(path, body, Map.of());
    }

    ResponseEntity<JsonNode> post(String path, Object body, Map<String, String> headers) {
        return this.api.post(path, body, headers)
            .headers((all) -> all.setBearerAuth(this.key))
            .retrieve()
            .toEntity(JsonNode.class);
    }

    /** Submits a prompt; the job's id. */
    String submit(String prompt) {
        return body(post("/jobs", Map.of("prompt", prompt))).path("id").asString();
    }

    static int status(ResponseEntity<?> response) {
        return response.getStatusCode().value();
    }

    static JsonNode body(ResponseEntity<JsonNode> response) {
        return Objects.requireNonNull(response.getBody());
    }

}
