package dev.jobprocessor.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

import tools.jackson.databind.json.JsonMapper;

/** Waits until a job has finished; where its call is cut, it calls the next API. */
final class WaitingClient implements AutoCloseable {

    private final JsonMapper json = new JsonMapper();

    private final String job;

    private final ApiTurns calls;

    private volatile String status = "PENDING";

    WaitingClient(List<URI> apis, String job) {
        this.job = job;
        this.calls = new ApiTurns(apis, this::isOver, this::call);
    }

    /** PENDING until it got another one. */
    String status() {
        return this.status;
    }

    private boolean isOver() {
        return !this.status.equals("PENDING");
    }

    private void call(URI api) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(api.resolve("/jobs/" + this.job))
            .header("Prefer", "wait=60")
            .build();
        HttpResponse<byte[]> response = ApiTurns.HTTP.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() == 200) {
            this.status = this.json.readTree(response.body()).get("status").stringValue();
        }
    }

    @Override
    public void close() {
        this.calls.close();
    }

}
