package dev.jobprocessor.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that submits jobs over some connections and remembers which were accepted. */
final class Jobs implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final JsonMapper mapper = new JsonMapper();

    private final Queue<String> accepted = new ConcurrentLinkedQueue<>();

    private final URI jobs;

    Jobs(int port) {
        this.jobs = URI.create("http://localhost:" + port + "/jobs");
    }

    /**
     * Submits jobs as fast as so many connections can, and returns when each was answered
     * or refused.
     */
    void submit(int count, int connections) throws InterruptedException {
        AtomicInteger left = new AtomicInteger(count);
        try (ExecutorService clients = Executors.newFixedThreadPool(connections)) {
            List<Future<?>> all = IntStream.range(0, connections)
                .<Future<?>>mapToObj((i) -> clients.submit(() -> submitWhile(left)))
                .toList();
            clients.shutdown();
            clients.awaitTermination(5, TimeUnit.MINUTES);
            all.forEach(Future::resultNow);
        }
    }

    private void submitWhile(AtomicInteger left) {
        while (left.getAndDecrement() > 0) {
            submit();
        }
    }

    void submit() {
        try {
            JsonNode job = send(HttpRequest.newBuilder(this.jobs)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\":\"Summarise this\"}")), 201);
            this.accepted.add(job.get("id").stringValue());
        }
        catch (IOException ex) {
            // Not accepted: nobody was promised anything.
        }
    }

    List<String> accepted() {
        return List.copyOf(this.accepted);
    }

    JsonNode find(String id) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(this.jobs + "/" + id)), 200);
    }

    /**
     * How many of the accepted jobs are not COMPLETED; all of them while the API is
     * unavailable.
     */
    long unfinished() {
        return accepted().stream().filter((id) -> !isCompleted(id)).count();
    }

    private boolean isCompleted(String id) {
        try {
            return find(id).get("status").stringValue().equals("COMPLETED");
        }
        catch (IOException ex) {
            return false;
        }
    }

    /** Whether an event stands in the history of every accepted job. */
    boolean areAll(String event) throws IOException {
        for (String id : accepted()) {
            if (count(id, event) == 0) {
                return false;
            }
        }
        return true;
    }

    /** How often an event stands in a job's history. */
    long count(String id, String event) throws IOException {
        return find(id).get("history").valueStream().filter((e) -> e.get("type").stringValue().equals(event)).count();
    }

    private JsonNode send(HttpRequest.Builder request, int status) throws IOException {
        try {
            HttpResponse<byte[]> answer = this.http.send(request.timeout(TIMEOUT).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != status) {
                throw new IOException("Answered " + answer.statusCode());
            }
            return this.mapper.readTree(answer.body());
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IOException(ex);
        }
    }

    @Override
    public void close() {
        this.http.close();
    }

}
