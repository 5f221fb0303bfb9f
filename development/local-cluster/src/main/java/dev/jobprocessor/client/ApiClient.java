package dev.jobprocessor.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client of one or more APIs, which reads from the next where one cannot be reached.
 */
public final class ApiClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private static final Duration LONG_PATIENCE = Duration.ofMinutes(2);

    private static final int READERS = 16;

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    private final HttpClient http = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .build();

    private final JsonMapper json = new JsonMapper();

    private final List<URI> addresses;

    /**
     * @param addresses such as {@code http://127.0.0.1:3000}, at least one
     */
    public ApiClient(List<URI> addresses) {
        this.addresses = addresses;
    }

    /**
     * Submits a prompt once.
     * @param turn which of the APIs is asked
     * @throws IOException if it does not respond
     */
    public HttpResponse<byte[]> submit(String prompt, @Nullable String key, int turn)
            throws IOException, InterruptedException {
        byte[] body = this.json.writeValueAsBytes(this.json.createObjectNode().put("prompt", prompt));
        HttpRequest.Builder request = request(address(turn).resolve("/jobs")).header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return this.http.send(request.build(), BodyHandlers.ofByteArray());
    }

    /** Reads what a dashboard reads, once. */
    public HttpResponse<byte[]> poll(String path) throws IOException, InterruptedException {
        return this.http.send(request(address(0).resolve(path)).build(), BodyHandlers.ofByteArray());
    }

    /** Submits many prompts at once. */
    public List<String> submitAll(List<String> prompts) throws IOException, InterruptedException {
        return submitAll(prompts, Map.of());
    }

    /** The same with options that all of them have. */
    public List<String> submitAll(List<String> prompts, Map<String, ?> options)
            throws IOException, InterruptedException {
        byte[] body = this.json.writeValueAsBytes(prompts.stream()
            .map((prompt) -> this.json.<ObjectNode>valueToTree(options).put("prompt", prompt))
            .toList());
        return ids(this.http.send(batch(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofByteArray()));
    }

    /** Submits a batch that may take some time. */
    public CompletableFuture<HttpResponse<byte[]>> submitAll(BodyPublisher batch) {
        return this.http.sendAsync(batch(batch).timeout(LONG_PATIENCE).build(), BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder batch(BodyPublisher body) {
        return request(address(0).resolve("/jobs/batch")).header("Content-Type", "application/json").POST(body);
    }

    /** The ids of the jobs that a batch has made, in its order. */
    public List<String> ids(HttpResponse<byte[]> response) {
        try {
            return read(response, 201).valueStream().map((job) -> job.get("id").stringValue()).toList();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Changes a job, if its state allows that. */
    public void post(String path) throws IOException, InterruptedException {
        this.http.send(request(address(0).resolve(path)).POST(BodyPublishers.noBody()).build(),
                BodyHandlers.discarding());
    }

    /** A job with its history. */
    public JsonNode find(String id) throws IOException {
        return ask("/jobs/" + id);
    }

    /** Whether every job is at its end. */
    public boolean noneIsPending() {
        return noneIs("PENDING");
    }

    public boolean noneIs(String status) {
        try {
            return ask("/jobs?limit=1&status=" + status).isEmpty();
        }
        catch (IOException ex) {
            return false;
        }
    }

    /** Whether so many jobs that are not at their end have started. */
    public boolean hasStarted(int jobs) throws IOException {
        return ask("/jobs?status=PENDING&limit=500").valueStream()
            .filter((job) -> job.has("startedAt"))
            .count() == jobs;
    }

    /** The ids of the newest 500 jobs that are not at their end. */
    public List<String> pending() throws IOException {
        return ask("/jobs?status=PENDING&limit=500").valueStream().map((job) -> job.get("id").stringValue()).toList();
    }

    /** All jobs there are, with their histories. */
    public List<JsonNode> findAll() throws IOException, InterruptedException {
        List<Callable<JsonNode>> reads = list().stream()
            .<Callable<JsonNode>>map((job) -> () -> find(job.get("id").stringValue()))
            .toList();
        try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
            return readers.invokeAll(reads).stream().map(Future::resultNow).toList();
        }
    }

    /** Leaves nothing to the next scenario. */
    public void deleteAll() throws IOException, InterruptedException {
        List<Callable<Integer>> deletions = list().stream().<Callable<Integer>>map((job) -> () -> delete(job)).toList();
        try (ExecutorService clients = Executors.newFixedThreadPool(READERS)) {
            clients.invokeAll(deletions).forEach(Future::resultNow);
        }
    }

    private int delete(JsonNode job) throws IOException, InterruptedException {
        String id = job.get("id").stringValue();
        if (job.get("status").stringValue().equals("PENDING")) {
            post("/jobs/%s/cancel".formatted(id));
        }
        return delete(id);
    }

    /**
     * Deletes a job that is at its end.
     * @return the status of the response
     */
    public int delete(String id) throws IOException, InterruptedException {
        HttpRequest delete = request(address(0).resolve("/jobs/" + id)).DELETE().build();
        return this.http.send(delete, BodyHandlers.discarding()).statusCode();
    }

    private List<JsonNode> list() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        String page = "/jobs?limit=500";
        while (page != null) {
            HttpResponse<byte[]> response = get(page);
            read(response, 200).forEach(all::add);
            page = response.headers().firstValue("Link").map(ApiClient::next).orElse(null);
        }
        return all;
    }

    private static @Nullable String next(String link) {
        Matcher next = NEXT.matcher(link);
        if (!next.find()) {
            return null;
        }
        URI uri = URI.create(next.group(1));
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }

    private JsonNode ask(String path) throws IOException {
        return read(get(path), 200);
    }

    private HttpResponse<byte[]> get(String path) throws IOException {
        IOException failure = new IOException("No API responds");
        for (int turn = 0; turn < this.addresses.size(); turn++) {
            try {
                return this.http.send(request(address(turn).resolve(path)).build(), BodyHandlers.ofByteArray());
            }
            catch (IOException ex) {
                failure = ex;
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
                throw new IOException(ex);
            }
        }
        throw failure;
    }

    public JsonNode read(HttpResponse<byte[]> response, int status) throws IOException {
        if (response.statusCode() != status) {
            throw new IOException("Status " + response.statusCode());
        }
        return this.json.readTree(response.body());
    }

    private URI address(int turn) {
        return this.addresses.get(turn % this.addresses.size());
    }

    private static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(TIMEOUT);
    }

    @Override
    public void close() {
        this.http.close();
    }

}
