package dev.jobprocessor.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Runs a job: it starts it, reports what it writes, and completes it. */
final class Workflow {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final JsonMapper json = new JsonMapper();

    private final StringBuilder written = new StringBuilder();

    private final List<URI> apis;

    private final String job;

    /**
     * Starts a job.
     * @param apis those that it reports to, the next one where one cannot be reached
     */
    Workflow(List<URI> apis, String job) {
        this.apis = apis;
        this.job = job;
        post("/jobs/%s/start".formatted(job),
                Map.of("attempt", 1, "worker", "workflow", "claim", job, "redelivered", false));
    }

    String job() {
        return this.job;
    }

    /** All that it has written. */
    String written() {
        return this.written.toString();
    }

    void write(String text) {
        post("/jobs/%s/progress".formatted(this.job), Map.of("attempt", 1, "delta", text));
        this.written.append(text);
    }

    void complete() {
        post("/jobs/webhook/callback", Map.of("jobId", this.job, "attempt", 1, "result", "done"));
    }

    private void post(String path, Map<String, ?> body) {
        await(path).atMost(Scenario.RECOVERY)
            .until(() -> this.apis.stream().anyMatch((api) -> accepts(api.resolve(path), body)));
    }

    /** One that cannot be reached, or is busy, is asked again after the others. */
    private boolean accepts(URI uri, Map<String, ?> body) {
        HttpRequest request = HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .header("x-webhook-secret", "local-webhook-secret")
            .POST(BodyPublishers.ofByteArray(this.json.writeValueAsBytes(body)))
            .build();
        try {
            int status = HTTP.send(request, BodyHandlers.discarding()).statusCode();
            assertThat(status).as("status of %s", uri).isIn(200, 503);
            return status == 200;
        }
        catch (IOException ex) {
            return false;
        }
        catch (InterruptedException ex) {
            throw new IllegalStateException("Interrupted while it waited for " + uri, ex);
        }
    }

}
