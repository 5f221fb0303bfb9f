package dev.jobprocessor.api.live;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.jobprocessor.api.ApiClient;
import dev.jobprocessor.api.ApiIntegrationTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
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
    void explainsTheRefusal() throws IOException {
        connect();
        connect();
        String answer = handshake();
        assertThat(answer).startsWith("HTTP/1.1 503")
            .containsIgnoringCase("Retry-After: 30")
            .contains("application/problem+json", "urn:job-processor:overloaded", "\"error\":\"There are as many");
        assertThat(this.api.call(HttpMethod.GET, "/jobs").getStatusCode().value()).isEqualTo(200);
    }

    private String handshake() throws IOException {
        try (Socket socket = new Socket("localhost", this.port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write("""
                    GET /ws HTTP/1.1\r
                    Host: localhost\r
                    Upgrade: websocket\r
                    Connection: Upgrade\r
                    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                    Sec-WebSocket-Version: 13\r
                    \r
                    """.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void connect() {
        this.subscribers.add(Subscriber.connect(this.port, "http://localhost:" + this.port, this.mapper));
    }

}
