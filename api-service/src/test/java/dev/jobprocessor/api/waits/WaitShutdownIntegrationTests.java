package dev.jobprocessor.api.waits;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import dev.jobprocessor.api.ApiServiceApplication;
import dev.jobprocessor.testing.TestBroker;
import dev.jobprocessor.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two instances, of which one is stopped. */
class WaitShutdownIntegrationTests {

    private final ConfigurableApplicationContext stopped = start();

    private final ConfigurableApplicationContext other = start();

    @AfterEach
    void stop() {
        this.stopped.close();
        this.other.close();
    }

    @Test
    void endsWithAJobThatAnotherInstanceChanged() {
        CompletableFuture<ResponseEntity<Map<String, Object>>> submission = submit(this.stopped);
        awaitWaiting(this.stopped);
        String id = newest(this.other);
        client(this.other).post().uri("/jobs/" + id + "/cancel").retrieve().toBodilessEntity();

        assertThat(submission.join().getBody()).containsEntry("id", id).containsEntry("status", "CANCELLED");
    }

    @Test
    void returnsTheJobAsItIsOnceItsInstanceStops() {
        CompletableFuture<ResponseEntity<Map<String, Object>>> submission = submit(this.stopped);
        awaitWaiting(this.stopped);
        String id = newest(this.other);
        CompletableFuture<ResponseEntity<Map<String, Object>>> read = async(
                client(this.stopped).get().uri("/jobs/" + id).header("Prefer", "wait=60"));
        await().until(() -> waiting(this.stopped) == 2);

        this.stopped.close();

        assertThat(submission.join().getStatusCode().value()).isEqualTo(201);
        assertThat(submission.join().getBody()).containsEntry("id", id).containsEntry("status", "PENDING");
        assertThat(read.join().getBody()).containsEntry("status", "PENDING");
    }

    private static CompletableFuture<ResponseEntity<Map<String, Object>>> submit(ConfigurableApplicationContext api) {
        return async(client(api).post()
            .uri("/jobs")
            .header("Prefer", "wait=60")
            .body(Map.<String, Object>of("prompt", "a")));
    }

    private static CompletableFuture<ResponseEntity<Map<String, Object>>> async(RestClient.RequestHeadersSpec<?> call) {
        return CompletableFuture.supplyAsync(() -> call.retrieve().toEntity(new ParameterizedTypeReference<>() {
        }), Thread::startVirtualThread);
    }

    private static String newest(ConfigurableApplicationContext api) {
        Map<?, ?>[] jobs = client(api).get().uri("/jobs?limit=1").retrieve().body(Map[].class);
        return (String) Objects.requireNonNull(Objects.requireNonNull(jobs)[0].get("id"));
    }

    private static void awaitWaiting(ConfigurableApplicationContext api) {
        await().until(() -> waiting(api) == 1);
    }

    private static double waiting(ConfigurableApplicationContext api) {
        return api.getBean(MeterRegistry.class).get("jobs.waits").gauge().value();
    }

    private static RestClient client(ConfigurableApplicationContext api) {
        return RestClient.create("http://localhost:" + api.getEnvironment().getProperty("local.server.port"));
    }

    private static ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(ApiServiceApplication.class, TestBroker.class, TestDatabase.class)
            .run("--server.port=0", "--management.server.port=0", "--webhook.secret=sesame", "--access.mode=open");
    }

}
