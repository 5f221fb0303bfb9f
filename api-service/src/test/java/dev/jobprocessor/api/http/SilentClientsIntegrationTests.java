package dev.jobprocessor.api.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import dev.jobprocessor.api.ApiIntegrationTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** A connection may be silent for a second, unless the service itself is to send. */
@ApiIntegrationTest
@TestPropertySource(properties = { "server.jetty.connection-idle-timeout=1s", "streams.heartbeat=2s" })
class SilentClientsIntegrationTests {

    private static final int TIMEOUT_MILLIS = 60_000;

    private static final String GET = "GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static final String JSON = "Host: localhost\r\nContent-Type: application/json\r\n";

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(strings = { "", "GET /jobs", "GET /jobs HTTP/1.1\r\nHost: local", GET,
            "POST /jobs HTTP/1.1\r\n" + JSON + "Content-Length: 14\r\n\r\n{\"prompt\"",
            "POST /jobs HTTP/1.1\r\n" + JSON + "Transfer-Encoding: chunked\r\n\r\n9\r\n{\"prompt\"" })
    void closesAConnectionThatSendsNoMore(String sent) throws IOException {
        try (Socket socket = open(sent)) {
            assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(4096);
        }
    }

    @Test
    void keepsACallThatWaits() throws IOException {
        String id = submit();
        try (Socket socket = open("GET /jobs/%s HTTP/1.1\r\nHost: localhost\r\nPrefer: wait=4\r\n\r\n".formatted(id))) {
            assertThat(readLine(socket)).isEqualTo("HTTP/1.1 200 OK");
        }
        String job = "{\"prompt\":\"a\"}";
        try (Socket socket = open("POST /jobs HTTP/1.1\r\n" + JSON + "Prefer: wait=4\r\nContent-Length: " + job.length()
                + "\r\nConnection: close\r\n\r\n" + job)) {
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("HTTP/1.1 201 Created")
                .containsIgnoringCase("content-length: ");
        }
    }

    @Test
    void keepsAStreamOfEvents() throws IOException {
        String id = submit();
        try (Socket socket = open("GET /jobs/%s/events HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(id))) {
            for (int heartbeats = 0; heartbeats < 2;) {
                heartbeats += readLine(socket).startsWith(":") ? 1 : 0;
            }
        }
    }

    /** A client that keeps its connections might send on one that is being closed. */
    private String submit() throws IOException {
        try (Socket socket = open("POST /jobs HTTP/1.1\r\n" + JSON + "Content-Length: 14\r\nConnection: close\r\n\r\n"
                + "{\"prompt\":\"a\"}")) {
            String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return JsonMapper.shared().readTree(response.substring(response.indexOf('{'))).path("id").asString();
        }
    }

    private Socket open(String sent) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static String readLine(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = socket.getInputStream().read(); next != '\n'; next = socket.getInputStream().read()) {
            assertThat(next).isPositive();
            line.append((char) next);
        }
        return line.toString().strip();
    }

}
