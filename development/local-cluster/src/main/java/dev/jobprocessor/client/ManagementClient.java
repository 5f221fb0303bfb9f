package dev.jobprocessor.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Asks services on this machine over their management ports. */
public final class ManagementClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final @Nullable String key;

    private final JsonMapper json = new JsonMapper();

    private final HttpClient http = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(TIMEOUT)
        .build();

    public ManagementClient() {
        this(null);
    }

    /**
     * @param key an API key with the role admin, for services that need one
     */
    public ManagementClient(@Nullable String key) {
        this.key = key;
    }

    /** Whether a service says that it does its work. */
    public boolean isReady(int port) throws InterruptedException {
        try {
            return send(request(port, "health/readiness").build()).statusCode() == 200;
        }
        catch (IOException ex) {
            return false;
        }
    }

    /**
     * The value of a metric without labels.
     * @throws IOException if the service does not respond, or has none of this name
     */
    public double metric(int port, String name) throws IOException, InterruptedException {
        return send(request(port, "prometheus").build()).body()
            .lines()
            .filter((line) -> line.startsWith(name + " "))
            .mapToDouble((line) -> Double.parseDouble(line.substring(name.length() + 1)))
            .findFirst()
            .orElseThrow(() -> new IOException("There is no metric " + name));
    }

    /**
     * Has every unfinished job published again that was created before the given time.
     * @return how many these were
     * @throws IOException if api-service does not do it
     */
    public long redispatch(int port, Instant createdBefore) throws IOException, InterruptedException {
        String body = this.json.createObjectNode().put("createdBefore", createdBefore.toString()).toString();
        HttpRequest.Builder request = request(port, "redispatch").header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
        if (this.key != null) {
            request.header("Authorization", "Bearer " + this.key);
        }
        HttpResponse<String> response = send(request.build());
        if (response.statusCode() != 200) {
            throw new IOException("status %d: %s".formatted(response.statusCode(), response.body()));
        }
        return this.json.readTree(response.body()).path("jobs").longValue();
    }

    private static HttpRequest.Builder request(int port, String endpoint) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/actuator/%s".formatted(port, endpoint)))
            .timeout(TIMEOUT);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return this.http.send(request, BodyHandlers.ofString());
    }

}
