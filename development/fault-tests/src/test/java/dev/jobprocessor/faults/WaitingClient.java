package dev.jobprocessor.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;

import tools.jackson.databind.json.JsonMapper;

/** Waits until a job has finished; where its call is cut, it calls the next API. */
final class WaitingClient implements AutoCloseable {

    private static final Duration RETRY = Duration.ofMillis(200);

    private static final HttpClient HTTP = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .build();

    private final JsonMapper json = new JsonMapper();

    private final List<URI> apis;

    private final String job;

    private final Thread caller;

    private volatile String status = "PENDING";

    WaitingClient(List<URI> apis, String job) {
        this.apis = apis;
        this.job = job;
        this.caller = Thread.startVirtualThread(this::waitUntilFinished);
    }

    /** PENDING until it got another one. */
    String status() {
        return this.status;
    }

    private void waitUntilFinished() {
        try {
            for (int turn = 0; this.status.equals("PENDING"); turn++) {
                call(this.apis.get(turn % this.apis.size()));
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private void call(URI api) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(api.resolve("/jobs/" + this.job))
            .header("Prefer", "wait=60")
            .build();
        try {
            HttpResponse<byte[]> response = HTTP.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() == 200) {
                this.status = this.json.readTree(response.body()).get("status").stringValue();
                return;
            }
        }
        catch (IOException ex) {
            // the next one is asked
        }
        Thread.sleep(RETRY);
    }

    @Override
    public void close() {
        this.caller.interrupt();
    }

}
