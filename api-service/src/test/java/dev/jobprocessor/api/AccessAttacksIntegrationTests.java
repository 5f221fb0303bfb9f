package dev.jobprocessor.api;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.jobprocessor.api.jobs.JobStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What OWASP's API top ten lists, tried where access is required. */
@KeysRequiredIntegrationTest
class AccessAttacksIntegrationTests {

    private static final String KEY = KeysRequiredIntegrationTest.ADMIN_KEY;

    @LocalServerPort
    private int port;

    @Autowired
    private ApiClient api;

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        this.http.close();
    }

    static Stream<String> waysAround() {
        return Stream.of("/jobs", "/jobs/stats", "/queues", "/workers", "/api-keys", "/audit", "/audit/export")
            .flatMap((path) -> Stream.of(path, path + "/", path + ";x", path + ";.css", path + ".json", "/" + path,
                    "/." + path, "/x/.." + path, "/x/..;" + path, "/%2e" + path, "/%2F" + path.substring(1),
                    "/%" + Integer.toHexString(path.charAt(1)) + path.substring(2),
                    "/%25" + Integer.toHexString(path.charAt(1)) + path.substring(2), path.toUpperCase(), path + "%00",
                    path + "%20", path + "%0a", path + "?access_token=" + KEY, path + "?key=" + KEY,
                    "/assets/.." + path, "/swagger-ui/.." + path, "/health/.." + path));
    }

    @ParameterizedTest
    @MethodSource("waysAround")
    void servesNothingWithoutACredentialWhateverThePath(String path) throws Exception {
        for (String method : List.of("GET", "HEAD", "POST", "PATCH")) {
            assertThat(status(request(path).method(method, HttpRequest.BodyPublishers.ofString("{}")))).isIn(400, 401,
                    403, 404, 405);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix", "X-Forwarded-Path", "Forwarded",
            "X-HTTP-Method-Override", "X-Forwarded-For", "X-Forwarded-User", "X-Remote-User", "Remote-User",
            "X-Real-IP" })
    void believesNoHeaderThatAProxyMightSet(String header) throws Exception {
        for (String value : List.of("/api-keys", "DELETE", "127.0.0.1", "admin", "//example.org", "/%2e%2e",
                "for=127.0.0.1;path=/api-keys", "a".repeat(4000))) {
            assertThat(status(request("/api-keys").header(header, value))).isEqualTo(401);
            HttpResponse<String> health = send(request("/health").header(header, value));
            assertThat(health.body()).isEqualTo("{\"status\":\"ok\"}");
        }
    }

    @Test
    void assignsNothingThatAClientMustNotSet() {
        Map<String, Object> forged = new HashMap<>(Map.of("prompt", "a", "id", "6925f0a1c3b2a40f5d1e7a01", "status",
                "COMPLETED", "attempt", 99, "version", 99, "submittedBy", "key:somebody", "result", "forged", "worker",
                "w", "createdAt", "2020-01-01T00:00:00Z"));
        forged.put("dispatch", Map.of("due", "2020-01-01T00:00:00Z"));
        JsonNode job = post("/jobs", forged, KEY);
        assertThat(job.path("status").asString()).isEqualTo(JobStatus.PENDING.name());
        assertThat(job.path("attempt").asInt()).isEqualTo(1);
        assertThat(job.path("id").asString()).isNotEqualTo(forged.get("id"));
        assertThat(job.path("createdAt").asString()).doesNotStartWith("2020");
        assertThat(job.path("submittedBy").asString("")).isNotEqualTo("key:somebody");
        assertThat(List.of("result", "worker", "dispatch")).noneMatch(job::has);
    }

    @Test
    void givesNoKeyMoreRolesThanItsRequestNames() {
        JsonNode key = post("/api-keys", Map.of("name", "ci", "roles", List.of("viewer"), "role", "admin",
                "authorities", List.of("ROLE_ADMIN"), "hash", "a", "key", KEY), KEY);
        String viewer = key.path("key").asString();
        assertThat(viewer).isNotEqualTo(KEY);
        assertThat(status(HttpMethod.GET, "/jobs", viewer)).isEqualTo(200);
        assertThat(status(HttpMethod.GET, "/api-keys", viewer)).isEqualTo(403);
        assertThat(status(HttpMethod.DELETE, "/api-keys/" + key.path("id").asString(), viewer)).isEqualTo(403);
    }

    @Test
    void letsNobodyGuessKeysAndKeepsAcceptingThoseThatAreKnown() {
        List<String> guesses = IntStream.range(0, 300)
            .mapToObj((i) -> KEY.substring(0, KEY.length() - 9) + "%03d".formatted(i) + KEY.substring(KEY.length() - 6))
            .toList();
        assertThat(guesses).allMatch((guess) -> status(HttpMethod.GET, "/jobs", guess) == 401);
        assertThat(status(HttpMethod.GET, "/jobs", KEY)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://example.org", "http://localhost:5173", "null", "http://localhost.example.org" })
    void opensNoWebSocketForAPageOfAnotherOrigin(String origin) {
        Browser browser = new Browser(this.port, false);
        browser.signIn(KEY);
        assertThat(browser.get("/jobs").statusCode()).isEqualTo(200);
        assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> this.http.newWebSocketBuilder()
            .header("Origin", origin)
            .header("Cookie", "session=" + browser.cookie("session"))
            .buildAsync(URI.create("ws://localhost:" + this.port + "/ws"), new WebSocket.Listener() {
            })
            .join())
            .havingCause()
            .isInstanceOfSatisfying(WebSocketHandshakeException.class,
                    (ex) -> assertThat(ex.getResponse().statusCode()).isEqualTo(403));
    }

    private JsonNode post(String path, Object body, String key) {
        return Objects.requireNonNull(this.api.post(path, body, Map.of(HttpHeaders.AUTHORIZATION, "Bearer " + key))
            .retrieve()
            .body(JsonNode.class));
    }

    private int status(HttpMethod method, String path, String key) {
        return this.api.call(method, path, key).getStatusCode().value();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
            .header("Accept", "application/json")
            .header("Content-Type", "application/json");
    }

    private int status(HttpRequest.Builder request) throws Exception {
        return send(request).statusCode();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return this.http.send(request.build(), BodyHandlers.ofString());
    }

}
