package dev.jobprocessor.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Stub of an HTTP server: sends scripted responses and records requests.
 */
public final class ScriptedServer implements AutoCloseable {

    private final HttpServer server;

    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private final Queue<Answer> next = new ConcurrentLinkedQueue<>();

    private volatile Answer otherwise = accepted();

    private volatile Answer heartbeats = instructions("");

    private final List<Request> heard = new CopyOnWriteArrayList<>();

    private ScriptedServer(HttpServer server) {
        this.server = server;
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public static ScriptedServer start() {
        try {
            return new ScriptedServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    public String url(String path) {
        return "http://127.0.0.1:" + this.server.getAddress().getPort() + path;
    }

    /** What it answers next, one call each. */
    public ScriptedServer then(Answer... answers) {
        this.next.addAll(List.of(answers));
        return this;
    }

    /** What it answers when nothing else was said. */
    public ScriptedServer otherwise(Answer response) {
        this.otherwise = response;
        return this;
    }

    public List<Request> requests() {
        return List.copyOf(this.requests);
    }

    @Override
    public void close() {
        this.server.stop(0);
    }

    /** What it answers heartbeats, which are recorded apart from other requests. */
    public ScriptedServer heartbeats(Answer response) {
        this.heartbeats = response;
        return this;
    }

    public List<Request> heartbeats() {
        return List.copyOf(this.heard);
    }

    /**
     * What a worker must do.
     * @param more fields of the JSON that replace those which ask for nothing
     */
    public static Answer instructions(String more) {
        return json(200, "{\"pausedQueues\":[],\"ended\":[],\"drain\":false%s}".formatted(more));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Request request = new Request(exchange.getRequestMethod(), exchange.getRequestURI().getPath(),
                    Map.copyOf(exchange.getRequestHeaders()), body);
            if (request.path().endsWith("/workers/heartbeat")) {
                this.heard.add(request);
                this.heartbeats.to(exchange);
                return;
            }
            this.requests.add(request);
            Answer response = this.next.poll();
            ((response != null) ? response : this.otherwise).to(exchange);
        }
    }

    public static Answer status(int status) {
        return json(status, "{}");
    }

    public static Answer json(int status, String body) {
        return json(status, body, Map.of());
    }

    public static Answer json(int status, String body, Map<String, String> headers) {
        return (exchange) -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(status, (bytes.length > 0) ? bytes.length : -1);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        };
    }

    /** Accepts one callback, or up to as many as one call may have. */
    public static Answer accepted() {
        return (exchange) -> json(200,
                exchange.getRequestURI().getPath().endsWith("/callbacks")
                        ? "[%s]".formatted(String.join(",", Collections.nCopies(100, "{\"status\":200}"))) : "{}")
            .to(exchange);
    }

    /** Cuts the connection instead of an answer. */
    public static Answer cut() {
        return HttpExchange::close;
    }

    @FunctionalInterface
    public interface Answer {

        void to(HttpExchange exchange) throws IOException;

    }

    public record Request(String method, String path, Map<String, List<String>> headers, String body) {

        public List<String> header(String name) {
            return this.headers.entrySet()
                .stream()
                .filter((header) -> header.getKey().equalsIgnoreCase(name))
                .flatMap((header) -> header.getValue().stream())
                .toList();
        }

    }

}
