package dev.jobprocessor.worker.callback;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

import dev.jobprocessor.worker.http.HttpConnections;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** Reads from the API which queues are paused. Such a call belongs to no trace. */
@Component
public class PausedQueues {

    private static final int MAX_RESPONSE_BYTES = 1024 * 1024;

    private final CallbackSettings settings;

    private final RestClient http;

    private final JsonMapper json;

    PausedQueues(CallbackSettings settings, HttpConnections connections, JsonMapper json) {
        this.settings = settings;
        this.http = RestClient.builder()
            .requestFactory(connections.directRequests(settings.timeout(), settings.timeout()))
            .build();
        this.json = json;
    }

    /** Returns their names, or null where the API is unavailable. */
    public @Nullable Set<String> read() throws InterruptedException {
        try {
            return this.http.get()
                .uri(url())
                .header("x-webhook-secret", this.settings.secret())
                .exchange((request, response) -> read(response));
        }
        catch (ResourceAccessException ex) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return null;
        }
    }

    public URI url() {
        return URI.create(this.settings.url()).resolve("../../queues");
    }

    private @Nullable Set<String> read(ClientHttpResponse response) throws IOException {
        if (response.getStatusCode().value() == 404) {
            // An API of an older version pauses none; a proxy knows nothing about them.
            return ApiProblem.read(response, this.json).isOfTheApi() ? Set.of() : null;
        }
        try {
            Queue[] queues = response.getStatusCode().is2xxSuccessful()
                    ? this.json.readValue(response.getBody().readNBytes(MAX_RESPONSE_BYTES), Queue[].class) : null;
            return (queues != null) ? paused(queues) : null;
        }
        catch (JacksonException ex) {
            return null;
        }
    }

    private static Set<String> paused(Queue[] queues) {
        return Arrays.stream(queues).filter(Queue::paused).map(Queue::name).collect(Collectors.toUnmodifiableSet());
    }

    private record Queue(String name, boolean paused) {
    }

}
