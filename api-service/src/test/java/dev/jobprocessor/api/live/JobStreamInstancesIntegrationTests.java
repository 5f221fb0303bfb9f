package dev.jobprocessor.api.live;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.jobprocessor.api.ApiServiceApplication;
import dev.jobprocessor.api.EventStreamClient;
import dev.jobprocessor.testing.TestBroker;
import dev.jobprocessor.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two instances, of which one is stopped. */
class JobStreamInstancesIntegrationTests {

    private final ConfigurableApplicationContext stopped = start();

    private final ConfigurableApplicationContext other = start();

    @AfterEach
    void stop() {
        this.stopped.close();
        this.other.close();
    }

    @Test
    void goesOnAtAnotherInstanceWithoutGapOrRepetition() {
        String id = submit(this.other);
        EventStreamClient first = EventStreamClient.open(port(this.stopped), id, Map.of());
        await().until(() -> first.names().equals(List.of("state")));
        call("/jobs/" + id + "/start", Map.of("attempt", 1, "worker", "w", "claim", "c", "redelivered", false));
        progress(id, 40);
        await().until(() -> first.events().getLast().contains("\"percent\":40"));

        this.stopped.close();

        await().until(first::hasEnded);
        assertThat(first.received()).doesNotContain("cut");
        EventStreamClient second = EventStreamClient.open(port(this.other), id,
                Map.of("Last-Event-ID", first.lastId()));
        progress(id, 80);
        await().until(() -> second.names().equals(List.of("progress")));
        assertThat(second.events().getFirst()).contains("\"percent\":80");
        call("/jobs/" + id + "/cancel", Map.of());
        await().until(second::hasEnded);
        assertThat(second.names()).containsExactly("progress", "state");
        assertThat(second.events().getLast()).contains("\"status\":\"CANCELLED\"").contains("\"history\":[");
        assertThat(EventStreamClient.open(port(this.other), id, Map.of("Last-Event-ID", second.lastId())).status())
            .isEqualTo(204);
    }

    @Test
    void goesOnWithOutputThatTheOtherInstanceReceives() {
        String id = submit(this.other);
        EventStreamClient first = EventStreamClient.open(port(this.stopped), id, Map.of());
        call("/jobs/" + id + "/start", Map.of("attempt", 1, "worker", "w", "claim", "c", "redelivered", false));
        write(id, "Once ");
        await().until(() -> first.output().equals("Once "));
        write(id, "upon ");
        await().until(() -> first.output().equals("Once upon "));

        this.stopped.close();

        await().until(first::hasEnded);
        write(id, "a ");
        EventStreamClient second = EventStreamClient.open(port(this.other), id,
                Map.of("Last-Event-ID", first.lastId()));
        write(id, "time");
        await().until(() -> second.output().equals("a time"));
    }

    private void write(String id, String delta) {
        call("/jobs/" + id + "/progress", Map.of("attempt", 1, "delta", delta));
    }

    private void progress(String id, int percent) {
        call("/jobs/" + id + "/progress", Map.of("attempt", 1, "percent", percent));
    }

    private void call(String path, Map<String, Object> body) {
        client(this.other).post()
            .uri(path)
            .header("x-webhook-secret", "sesame")
            .body(body)
            .retrieve()
            .onStatus((status) -> true, (request, response) -> {
            })
            .toBodilessEntity();
    }

    private static String submit(ConfigurableApplicationContext api) {
        Map<?, ?> job = client(api).post().uri("/jobs").body(Map.of("prompt", "a")).retrieve().body(Map.class);
        String id = (String) Objects.requireNonNull(Objects.requireNonNull(job).get("id"));
        await().until(() -> version(api, id) >= 2); // its publication is a change, too
        return id;
    }

    private static int version(ConfigurableApplicationContext api, String id) {
        Map<?, ?> job = client(api).get().uri("/jobs/" + id).retrieve().body(Map.class);
        return (Integer) Objects.requireNonNull(Objects.requireNonNull(job).get("version"));
    }

    private static RestClient client(ConfigurableApplicationContext api) {
        return RestClient.create("http://localhost:" + port(api));
    }

    private static int port(ConfigurableApplicationContext api) {
        return api.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private static ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(ApiServiceApplication.class, TestBroker.class, TestDatabase.class)
            .run("--server.port=0", "--management.server.port=0", "--webhook.secret=sesame", "--access.mode=open");
    }

}
