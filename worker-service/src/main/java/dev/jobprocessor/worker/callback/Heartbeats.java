package dev.jobprocessor.worker.callback;

import java.io.IOException;
import java.net.URI;

import dev.jobprocessor.worker.http.HttpConnections;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** Reports this worker to the API. Such a call belongs to no trace. */
@Component
public class Heartbeats {

    private static final int MAX_RESPONSE_BYTES = 1024 * 1024;

    private final CallbackSettings settings;

    private final RestClient http;

    private final JsonMapper json;

    private final Counter failures;

    Heartbeats(CallbackSettings settings, HttpConnections connections, JsonMapper json, MeterRegistry registry) {
        this.settings = settings;
        this.http = RestClient.builder()
            .requestFactory(connections.directRequests(settings.timeout(), settings.timeout()))
            .build();
        this.json = json;
        this.failures = Counter.builder("worker.heartbeats.failed")
            .description("Heartbeats that the API did not accept")
            .register(registry);
    }

    /** Returns what this worker must do, or null where the API is unavailable. */
    public @Nullable Instructions send(Heartbeat heartbeat) throws InterruptedException {
        Instructions instructions = post(heartbeat);
        if (instructions == null) {
            this.failures.increment();
        }
        return instructions;
    }

    private @Nullable Instructions post(Heartbeat heartbeat) throws InterruptedException {
        try {
            return this.http.post()
                .uri(url())
                .header("x-webhook-secret", this.settings.secret())
                .contentType(MediaType.APPLICATION_JSON)
                .body(this.json.writeValueAsBytes(heartbeat))
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
        return URI.create(this.settings.url()).resolve("../../workers/heartbeat");
    }

    private @Nullable Instructions read(ClientHttpResponse response) throws IOException {
        if (response.getStatusCode().value() == 404) {
            // An API of an older version has none; a proxy knows nothing about them.
            return ApiProblem.read(response, this.json).isOfTheApi() ? Instructions.NONE : null;
        }
        try {
            return response.getStatusCode().is2xxSuccessful()
                    ? this.json.readValue(response.getBody().readNBytes(MAX_RESPONSE_BYTES), Instructions.class) : null;
        }
        catch (JacksonException ex) {
            return null;
        }
    }

}
