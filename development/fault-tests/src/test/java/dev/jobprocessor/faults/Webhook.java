package dev.jobprocessor.faults;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * What the workers report to: the load balancer before the APIs. It passes calls with one
 * report or several on to the first API that answers, or does what a scenario wants of
 * it. Claims always pass.
 */
final class Webhook implements AutoCloseable {

    static final String PATH = "/jobs/webhook/callback";

    private static final String SEVERAL = PATH + "s";

    private final HttpClient http = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .build();

    private final HttpServer server = Model.listen();

    private final List<URI> apis;

    private volatile Conduct conduct = Report::passOn;

    private volatile boolean takesSeveral = true;

    Webhook(List<URI> apis) {
        this.apis = apis;
        this.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        this.server.createContext("/", this::serve);
        this.server.start();
    }

    String url() {
        return "http://127.0.0.1:%d%s".formatted(this.server.getAddress().getPort(), PATH);
    }

    int port() {
        return this.server.getAddress().getPort();
    }

    void behave(Conduct conduct) {
        this.conduct = conduct;
        this.takesSeveral = true;
    }

    /** Has the workers report one by one, as to an API that knows nothing else. */
    void treatEach(Conduct conduct) {
        this.conduct = conduct;
        this.takesSeveral = false;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            conduct(exchange.getRequestURI().getPath()).treat(new Report(exchange, body));
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private Conduct conduct(String path) {
        if (path.equals(SEVERAL) && !this.takesSeveral) {
            return (report) -> report.answer(404, new byte[0]);
        }
        return path.equals(PATH) || path.equals(SEVERAL) ? this.conduct : Report::passOn;
    }

    @Override
    public void close() {
        this.server.stop(0);
        this.http.close();
    }

    /** What becomes of a report; without an answer, the worker's connection is cut. */
    interface Conduct {

        void treat(Report report) throws IOException, InterruptedException;

    }

    /** One report of a worker. */
    final class Report {

        private final HttpExchange exchange;

        private final byte[] body;

        private Report(HttpExchange exchange, byte[] body) {
            this.exchange = exchange;
            this.body = body;
        }

        byte[] body() {
            return this.body;
        }

        /** Forwards the report, and returns the response of the API. */
        void passOn() throws IOException, InterruptedException {
            HttpResponse<byte[]> answer = tell(this.body);
            answer(answer.statusCode(), answer.body());
        }

        void answer(int status, byte[] body) throws IOException {
            this.exchange.getResponseHeaders().set("Content-Type", "application/json");
            this.exchange.sendResponseHeaders(status, (body.length > 0) ? body.length : -1);
            this.exchange.getResponseBody().write(body);
        }

        /** Tells an API this or another report, and returns the answer. */
        HttpResponse<byte[]> tell(byte[] report) throws IOException, InterruptedException {
            for (URI api : Webhook.this.apis) {
                try {
                    return Webhook.this.http.send(request(api, report), BodyHandlers.ofByteArray());
                }
                catch (ConnectException ex) {
                    // the next one then
                }
            }
            throw new ConnectException("No API answers");
        }

        private HttpRequest request(URI api, byte[] report) {
            return HttpRequest.newBuilder(api.resolve(this.exchange.getRequestURI()))
                .header("Content-Type", "application/json")
                .header("x-webhook-secret", this.exchange.getRequestHeaders().getFirst("x-webhook-secret"))
                .method(this.exchange.getRequestMethod(), BodyPublishers.ofByteArray(report))
                .build();
        }

    }

}
