package dev.jobprocessor.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Notifications of jobs' ends, to a receiver of the scenario. */
class DeliveryFaults {

    private static final int JOBS = 20;

    private static final ClusterSetup SETUP = ClusterSetup.of(2, 0)
        .withApiSettings(Map.of("DELIVERIES_TIMEOUT", "5s", "DELIVERIES_MAX_PER_HOST", String.valueOf(JOBS)));

    private final HttpClient http = HttpClient.newHttpClient();

    private final List<String> received = new CopyOnWriteArrayList<>();

    private final CountDownLatch killed = new CountDownLatch(1);

    @Test
    @Tag("brief")
    void deliversAtLeastOnceByTheSameIdThoughTheApiDiesMeanwhile() throws Exception {
        HttpServer receiver = Model.listen();
        receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        receiver.createContext("/", this::receive);
        receiver.start();
        try (Scenario scenario = Scenario.on("39 API killed while receivers have its deliveries", SETUP)) {
            URI api = scenario.cluster().addresses().getFirst();
            post(api.resolve("/webhook-secrets"), "");
            List<String> jobs = new ArrayList<>();
            for (int i = 0; i < JOBS; i++) {
                jobs.add(submit(api, receiver.getAddress().getPort()));
                post(api.resolve("/jobs/" + jobs.getLast() + "/cancel"), "");
            }
            await().until(() -> this.received.size() == JOBS);
            scenario.cluster().kill(scenario.cluster().api(0));
            Set<String> inFlight = new HashSet<>(this.received);
            this.killed.countDown();
            URI survivor = scenario.cluster().addresses().getLast();
            await().atMost(Scenario.RECOVERY).until(() -> areDelivered(survivor, jobs));
            scenario.note("%d deliveries were in flight, and %d calls made in all", JOBS, this.received.size());
            assertThat(inFlight).hasSize(JOBS);
            assertThat(this.received).as("calls").hasSizeGreaterThan(JOBS);
            assertThat(new HashSet<>(this.received)).isEqualTo(inFlight);
        }
        finally {
            receiver.stop(0);
        }
    }

    /** Until the API is dead, no call is answered. */
    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            this.received.add(exchange.getRequestHeaders().getFirst("webhook-id"));
            this.killed.await();
            exchange.sendResponseHeaders(204, -1);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean areDelivered(URI api, List<String> jobs) throws Exception {
        for (String job : jobs) {
            HttpRequest deliveries = HttpRequest.newBuilder(api.resolve("/jobs/" + job + "/deliveries")).build();
            if (!this.http.send(deliveries, BodyHandlers.ofString()).body().contains("\"status\":\"delivered\"")) {
                return false;
            }
        }
        return true;
    }

    private String submit(URI api, int port) throws Exception {
        String job = "{\"prompt\": \"a\", \"webhook\": {\"url\": \"http://127.0.0.1:%d/hook\"}}".formatted(port);
        return new JsonMapper().readTree(post(api.resolve("/jobs"), job)).path("id").asString();
    }

    private String post(URI address, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
        HttpResponse<String> response = this.http.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return response.body();
    }

}
