package dev.jobprocessor.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@KeysRequiredIntegrationTest
@TestPropertySource(properties = { "streams.max-per-caller=2", "streams.heartbeat=200ms" })
class JobStreamCredentialsIntegrationTests {

    @Autowired
    private ApiClient api;

    @LocalServerPort
    private int port;

    private ApiKeyCalls admin;

    private final List<EventStreamClient> clients = new ArrayList<>();

    @BeforeEach
    void useTheAdminsKey() {
        this.admin = ApiKeyCalls.admin(this.api);
    }

    @AfterEach
    void disconnect() throws Exception {
        for (EventStreamClient client : this.clients) {
            client.close();
        }
        await().until(() -> this.api.metric("jobs_streams") == 0);
    }

    @Test
    void followsOnesOwnJobsAlone() {
        ApiKeyCalls submitter = this.admin.create("follows", "submitter");

        assertThat(follow(submitter.submit("a"), submitter.key()).status()).isEqualTo(200);
        assertThat(follow(this.admin.submit("b"), submitter.key()).status()).isEqualTo(404);
    }

    @Test
    void endsOnceTheKeyIsRevoked() {
        JsonNode key = this.admin.created("followed", "viewer");
        EventStreamClient client = follow(this.admin.submit("a"), key.path("key").asString());
        await().until(() -> client.names().contains("state"));

        this.admin.delete("/api-keys/" + key.path("id").asString());

        await().until(client::hasEnded);
        assertThat(client.names()).containsExactly("state");
    }

    @Test
    void refusesAStreamPastTheLimitOfAKey() {
        double refused = this.api.metric("jobs_streams_refused_total{limit=\"caller\"}");
        String id = this.admin.submit("a");
        ApiKeyCalls viewer = this.admin.create("greedy", "viewer");
        assertThat(follow(id, viewer.key()).status()).isEqualTo(200);
        assertThat(follow(id, viewer.key()).status()).isEqualTo(200);

        assertThat(follow(id, viewer.key()).status()).isEqualTo(429);
        assertThat(follow(id, this.admin.key()).status()).isEqualTo(200);
        assertThat(this.api.metric("jobs_streams_refused_total{limit=\"caller\"}")).isEqualTo(refused + 1);
    }

    private EventStreamClient follow(String id, String key) {
        EventStreamClient client = EventStreamClient.open(this.port, id, Map.of("Authorization", "Bearer " + key));
        this.clients.add(client);
        return client;
    }

}
