package dev.jobprocessor.api.live;

import java.util.ArrayList;
import java.util.List;

import dev.jobprocessor.api.ApiClient;
import dev.jobprocessor.api.ApiIntegrationTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

@ApiIntegrationTest
@TestPropertySource(properties = "sockets.max=2")
class SocketLimitIntegrationTests {

    private final List<Subscriber> subscribers = new ArrayList<>();

    @LocalServerPort
    private int port;

    @Autowired
    private ApiClient api;

    @Autowired
    private JsonMapper mapper;

    @Autowired
    private SocketLimit limit;

    @AfterEach
    void disconnect() {
        this.subscribers.forEach(Subscriber::close);
        await().until(() -> this.limit.open() == 0);
    }

    @Test
    void refusesHandshakesPastTheLimitUntilASocketCloses() {
        double refused = this.api.metric("stomp_sessions_refused_total");
        connect();
        connect();
        assertThat(this.subscribers).allMatch(Subscriber::isConnected);
        assertThatException().isThrownBy(this::connect).withStackTraceContaining("503");
        assertThat(this.api.metric("stomp_sessions_refused_total")).isEqualTo(refused + 1);
        this.subscribers.getFirst().close();
        await().untilAsserted(() -> assertThat(this.limit.open()).isOne());
        connect();
        assertThat(this.subscribers.getLast().isConnected()).isTrue();
    }

    @Test
    void explainsTheRefusal() {
        connect();
        connect();
        ResponseEntity<JsonNode> answer = this.api.call(HttpMethod.GET, WebSocketConfiguration.PATH);
        assertThat(answer.getStatusCode().value()).isEqualTo(503);
        assertThat(answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("30");
        assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer.getBody()).isNotNull();
        assertThat(answer.getBody().get("type").stringValue()).isEqualTo("urn:job-processor:overloaded");
        assertThat(answer.getBody().get("error").stringValue()).contains("as many connections");
        assertThat(this.api.call(HttpMethod.GET, "/jobs").getStatusCode().value()).isEqualTo(200);
    }

    private void connect() {
        this.subscribers.add(Subscriber.connect(this.port, "http://localhost:" + this.port, this.mapper));
    }

}
