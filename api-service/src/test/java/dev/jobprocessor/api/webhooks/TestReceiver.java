package dev.jobprocessor.api.webhooks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A webhook that keeps what it receives and answers as a test says. */
class TestReceiver implements AutoCloseable {

    private final List<Received> received = new CopyOnWriteArrayList<>();

    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

    private final HttpServer server;

    TestReceiver() throws IOException {
        this(0);
    }

    TestReceiver(int port) throws IOException {
        this(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    TestReceiver(InetSocketAddress address) throws IOException {
        this.server = HttpServer.create(address, 0);
        this.server.setExecutor((task) -> Thread.ofVirtual().start(task));
        this.server.createContext("/", this::receive);
        this.server.start();
    }

    int port() {
        return this.server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/hook";
    }

    /** Answers the next calls so, and those after them 200. */
    void answer(Answer... next) {
        this.answers.addAll(List.of(next));
    }

    static Answer status(int status) {
        return (exchange) -> {
            byte[] body = ("status " + status).getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        };
    }

    List<Received> received() {
        return this.received;
    }

    private void receive(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, List<String>> headers = Map.of("webhook-id", exchange.getRequestHeaders().get("webhook-id"),
                "webhook-timestamp", exchange.getRequestHeaders().get("webhook-timestamp"), "webhook-signature",
                exchange.getRequestHeaders().get("webhook-signature"));
        this.received.add(new Received(headers, body));
        Answer next = this.answers.poll();
        try (exchange) {
            ((next != null) ? next : status(200)).send(exchange);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        this.server.stop(0);
    }

    /** How a call is answered. */
    interface Answer {

        void send(HttpExchange exchange) throws IOException, InterruptedException;

    }

    /** A call. */
    record Received(Map<String, List<String>> headers, String body) {

        String id() {
            return header("webhook-id");
        }

        String header(String name) {
            return Objects.requireNonNull(this.headers.get(name)).getFirst();
        }

        JsonNode json() {
            return new JsonMapper().readTree(this.body);
        }

        boolean isSignedBy(String secret) {
            try {
                new Webhook(secret).verify(this.body, this.headers);
                return true;
            }
            catch (WebhookVerificationException ex) {
                return false;
            }
        }

    }

}
