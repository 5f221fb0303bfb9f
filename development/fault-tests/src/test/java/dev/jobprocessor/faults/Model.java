package dev.jobprocessor.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The language model that the workers ask. It is asked once for each execution of a job,
 * which nothing else could tell so surely.
 */
final class Model implements AutoCloseable {

    private final JsonMapper json = new JsonMapper();

    private final Map<String, Integer> executions = new ConcurrentHashMap<>();

    private final Map<String, Instant> begun = new ConcurrentHashMap<>();

    private final HttpServer server;

    private volatile Duration work = Duration.ofSeconds(1);

    Model() {
        this.server = listen();
        this.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        this.server.createContext("/v1/chat/completions", this::answer);
        this.server.start();
    }

    static HttpServer listen() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    String url() {
        return "http://127.0.0.1:%d/v1/".formatted(this.server.getAddress().getPort());
    }

    /** From now on, an answer takes this long; at first, a second. */
    void takes(Duration work) {
        this.work = work;
    }

    /** How often the job with this label was begun. */
    int executions(String label) {
        return this.executions.getOrDefault(label, 0);
    }

    /** When the job with this label was begun first; null if it was not. */
    @Nullable Instant begunAt(String label) {
        return this.begun.get(label);
    }

    /** How many jobs were begun, at least once. */
    int begun() {
        return this.executions.size();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String prompt = this.json.readTree(exchange.getRequestBody()).at("/messages/1/content").stringValue();
            this.begun.putIfAbsent(Ledger.label(prompt), Instant.now());
            this.executions.merge(Ledger.label(prompt), 1, Integer::sum);
            Thread.sleep(this.work);
            byte[] answer = this.json.writeValueAsBytes(Map.of("choices",
                    new Object[] { Map.of("message", Map.of("content", "{\"done\":\"%s\"}".formatted(prompt))) }));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        this.server.stop(0);
    }

}
