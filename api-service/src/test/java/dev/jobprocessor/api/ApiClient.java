package dev.jobprocessor.api;

import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import dev.jobprocessor.api.jobs.JobView;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** A client of the running service that takes every status for an answer. */
public class ApiClient {

    private final Environment environment;

    private final JsonMapper mapper = new JsonMapper();

    /** Repeats no call by itself. */
    private final RestClient http = RestClient.builder()
        .requestFactory(new JdkClientHttpRequestFactory())
        .defaultStatusHandler((status) -> true, (request, response) -> {
        })
        .build();

    ApiClient(Environment environment) {
        this.environment = environment;
    }

    /** Submits a prompt, which must be accepted. */
    public JobView submit(String prompt) {
        ResponseEntity<JsonNode> answer = submit(prompt, null);
        if (answer.getStatusCode().value() != 201) {
            throw new AssertionError("Not accepted: " + answer);
        }
        return this.mapper.treeToValue(Objects.requireNonNull(answer.getBody()), JobView.class);
    }

    public ResponseEntity<JsonNode> submit(String prompt, @Nullable String key) {
        return post("/jobs", Map.of("prompt", prompt), (key != null) ? Map.of("Idempotency-Key", key) : Map.of())
            .retrieve()
            .toEntity(JsonNode.class);
    }

    /** Submits a batch, which must be accepted; the jobs' ids, in its order. */
    public List<String> submitAll(List<String> prompts) {
        List<Map<String, String>> batch = prompts.stream().map((prompt) -> Map.of("prompt", prompt)).toList();
        JobView[] jobs = post("/jobs/batch", batch, Map.of()).retrieve().body(JobView[].class);
        return Arrays.stream(Objects.requireNonNull(jobs)).map(JobView::id).toList();
    }

    public JobView find(String id) {
        return Objects.requireNonNull(get("/jobs/" + id).retrieve().body(JobView.class));
    }

    public ResponseEntity<List<JobView>> list(String query) {
        return get("/jobs" + query).retrieve().toEntity(new ParameterizedTypeReference<>() {
        });
    }

    public ResponseEntity<JsonNode> callback(String id, @Nullable Integer attempt, String status, String text) {
        Map<String, Object> body = new HashMap<>(
                Map.of("jobId", id, "status", status, status.equals("FAILED") ? "error" : "result", text));
        if (attempt != null) {
            body.put("attempt", attempt);
        }
        return post("/jobs/webhook/callback", body, Map.of("x-webhook-secret", "sesame")).retrieve()
            .toEntity(JsonNode.class);
    }

    public ResponseEntity<JsonNode> call(HttpMethod method, String path) {
        return this.http.method(method).uri(uri(path)).retrieve().toEntity(JsonNode.class);
    }

    /** Calls with an API key. */
    ResponseEntity<JsonNode> call(HttpMethod method, String path, String key) {
        return exchange(method, path, Map.of("Authorization", "Bearer " + key)).toEntity(JsonNode.class);
    }

    public RestClient.ResponseSpec exchange(HttpMethod method, String path, Map<String, String> headers) {
        return this.http.method(method).uri(uri(path)).headers((all) -> headers.forEach(all::set)).retrieve();
    }

    public ResponseEntity<JsonNode> manage(HttpMethod method, String path) {
        RestClient.RequestBodySpec call = this.http.method(method).uri(uri("local.management.port", path));
        if (method == HttpMethod.POST) {
            call.contentType(MediaType.APPLICATION_JSON).body(Map.of());
        }
        return call.retrieve().toEntity(JsonNode.class);
    }

    /**
     * Scrapes as Prometheus would.
     * @param selector a name, and in braces what labels it must have
     * @return the sum of all series that it selects, of which there must be one
     */
    public double metric(String selector) {
        String[] parts = selector.split("[{},]");
        String metrics = this.http.get()
            .uri(uri("local.management.port", "/actuator/prometheus"))
            .retrieve()
            .body(String.class);
        return Objects.requireNonNull(metrics)
            .lines()
            .filter((line) -> line.startsWith(parts[0] + " ") || line.startsWith(parts[0] + "{"))
            .filter((line) -> Stream.of(parts).allMatch(line::contains))
            .mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
            .reduce(Double::sum)
            .orElseThrow(() -> new AssertionError("There is no " + selector));
    }

    /** Asks as a browser does before a page of another origin calls. */
    ResponseEntity<Void> preflight(String path, String header) {
        return this.http.options().uri(uri(path)).headers((headers) -> {
            headers.setOrigin("http://localhost:5173");
            headers.setAccessControlRequestMethod(HttpMethod.POST);
            headers.setAccessControlRequestHeaders(List.of(header));
        }).retrieve().toBodilessEntity();
    }

    public RestClient.RequestHeadersSpec<?> get(String path) {
        return this.http.get().uri(uri(path));
    }

    public RestClient.RequestHeadersSpec<?> post(String path, Object body, Map<String, String> headers) {
        return this.http.post()
            .uri(uri(path))
            .headers((all) -> headers.forEach(all::set))
            .contentType(MediaType.APPLICATION_JSON)
            .body(body);
    }

    /** Where the service answers. */
    public URI uri(String path) {
        return uri("local.server.port", path);
    }

    private URI uri(String port, String path) {
        return URI.create("http://localhost:" + this.environment.getRequiredProperty(port) + path);
    }

}
