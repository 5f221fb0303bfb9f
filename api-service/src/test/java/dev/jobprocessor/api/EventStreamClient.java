package dev.jobprocessor.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads a stream of events, as far as it came. */
public final class EventStreamClient implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final StringBuffer received = new StringBuffer();

    private final HttpResponse<InputStream> response;

    private volatile boolean ended;

    private EventStreamClient(HttpResponse<InputStream> response) {
        this.response = response;
        Thread.startVirtualThread(this::read);
    }

    public static EventStreamClient open(int port, String id, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest
            .newBuilder(URI.create("http://localhost:%d/jobs/%s/events".formatted(port, id)))
            .header("Accept", "text/event-stream");
        headers.forEach(request::header);
        try {
            return new EventStreamClient(HTTP.send(request.build(), BodyHandlers.ofInputStream()));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    private void read() {
        char[] buffer = new char[8192];
        try (Reader body = new InputStreamReader(this.response.body(), StandardCharsets.UTF_8)) {
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                this.received.append(buffer, 0, count);
            }
        }
        catch (IOException ex) {
            this.received.append("cut\n\n");
        }
        this.ended = true;
    }

    public int status() {
        return this.response.statusCode();
    }

    public String header(String name) {
        return this.response.headers().firstValue(name).orElse("");
    }

    public String received() {
        return this.received.toString();
    }

    public boolean hasEnded() {
        return this.ended;
    }

    /** The events that have a name, each with its lines. */
    public List<String> events() {
        return Arrays.stream(received().split("\n\n")).filter((event) -> event.contains("event: ")).toList();
    }

    public List<String> names() {
        return events().stream().map((event) -> event.replaceAll("(?s).*event: (\\w+).*", "$1")).toList();
    }

    /** The texts of the output events. */
    public String output() {
        return events().stream()
            .filter((event) -> event.contains("event: output\n"))
            .map((event) -> event.replaceAll("(?s).*\"text\":\"(.*)\",\"next\":.*", "$1"))
            .collect(Collectors.joining());
    }

    /** The id of the last event that has one. */
    public String lastId() {
        return events().stream()
            .filter((event) -> event.startsWith("id: "))
            .map((event) -> event.substring(4, event.indexOf('\n')))
            .reduce("", (first, second) -> second);
    }

    @Override
    public void close() throws IOException {
        this.response.body().close();
    }

}
