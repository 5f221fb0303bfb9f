package dev.jobprocessor.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Follows a job by its events as a browser does: it connects again, to the next API,
 * where it lost its connection, and goes on from the last event. It remembers every gap
 * and every repetition.
 */
final class JobFollower implements AutoCloseable {

    private final JsonMapper json = new JsonMapper();

    private final StringBuffer text = new StringBuffer();

    private final List<String> breaches = new CopyOnWriteArrayList<>();

    private final String job;

    private final ApiTurns calls;

    private String lastId = "";

    private long version = -1;

    private int attempt;

    private long next;

    private volatile int connections;

    private volatile String status = "";

    /**
     * Begins to follow a job.
     * @param apis those that it is asked of, the first one first
     */
    JobFollower(List<URI> apis, String job) {
        this.job = job;
        this.calls = new ApiTurns(apis, () -> !isPending(), this::follow);
    }

    /** What the job has written, as far as it came. */
    String text() {
        return this.text.toString();
    }

    /** The job's last status that it got; empty for none. */
    String status() {
        return this.status;
    }

    List<String> breaches() {
        return this.breaches;
    }

    /** How often it was connected. */
    int connections() {
        return this.connections;
    }

    private boolean isPending() {
        return this.status.isEmpty() || this.status.equals("PENDING");
    }

    private void follow(URI api) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(api.resolve("/jobs/%s/events".formatted(this.job)));
        if (!this.lastId.isEmpty()) {
            request.header("Last-Event-ID", this.lastId);
        }
        HttpResponse<InputStream> response = ApiTurns.HTTP.send(request.build(), BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
            if (response.statusCode() == 200) {
                this.connections++;
                readAll(lines);
            }
        }
    }

    /** An event counts once it is whole. */
    private void readAll(BufferedReader lines) throws IOException {
        String id = "";
        String event = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            }
            else if (line.startsWith("event: ")) {
                event = line.substring(7);
            }
            else if (line.startsWith("data: ")) {
                received(id, event, this.json.readTree(line.substring(6)));
                this.lastId = id;
            }
        }
    }

    private void received(String id, String event, JsonNode data) {
        if (event.equals("output")) {
            write(data);
            return;
        }
        long changed = Long.parseLong(id.substring(0, id.indexOf('.')));
        if (changed <= this.version) {
            this.breaches.add("%s %d after %d".formatted(event, changed, this.version));
        }
        this.version = changed;
        if (event.equals("state")) {
            this.status = data.get("status").stringValue();
        }
    }

    private void write(JsonNode part) {
        boolean begins = part.get("attempt").intValue() > this.attempt && part.get("offset").longValue() == 0;
        boolean follows = part.get("attempt").intValue() == this.attempt && part.get("offset").longValue() == this.next;
        if (!begins && !follows) {
            this.breaches.add("output %s.%s after %d.%d".formatted(part.get("attempt"), part.get("offset"),
                    this.attempt, this.next));
        }
        this.attempt = part.get("attempt").intValue();
        this.next = part.get("next").longValue();
        this.text.append(part.get("text").stringValue());
    }

    @Override
    public void close() {
        this.calls.close();
    }

}
