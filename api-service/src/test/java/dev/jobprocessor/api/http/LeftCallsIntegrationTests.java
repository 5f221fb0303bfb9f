package dev.jobprocessor.api.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import dev.jobprocessor.api.ApiClient;
import dev.jobprocessor.api.ApiIntegrationTest;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The server is to count no call for longer than it lasts: once this instance stops, it
 * waits for all of them.
 */
@ApiIntegrationTest
class LeftCallsIntegrationTests {

    private static final int TIMEOUT_MILLIS = 60_000;

    private static final String JSON = "Host: localhost\r\nContent-Type: application/json\r\n";

    @Autowired
    private ApiClient api;

    @Autowired
    private ServletWebServerApplicationContext context;

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void endsAStreamWhoseClientIsGone(boolean reset) throws IOException {
        String id = this.api.submit("Summarise this").id();
        leave("GET /jobs/%s/events HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(id), reset, true);
        this.api.callback(id, 1, "PROGRESS", "begun");
        this.api.call(HttpMethod.DELETE, "/jobs/" + id);
        await().until(() -> active() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "POST /jobs HTTP/1.1\r\n" + JSON + "Prefer: wait=1\r\nContent-Length: 14\r\n\r\n{\"prompt\":\"a\"}",
            "POST /jobs HTTP/1.1\r\n" + JSON + "Content-Length: 14\r\n\r\n{\"prompt\"",
            "POST /jobs HTTP/1.1\r\n" + JSON + "Transfer-Encoding: chunked\r\n\r\n5\r\n[" })
    void endsASubmissionWhoseClientIsGone(String request) throws IOException {
        leave(request, true, false);
        await().until(() -> active() == 0);
        leave(request, false, false);
        await().until(() -> active() == 0);
    }

    @Test
    void endsAWaitingReadWhoseClientIsGone() throws IOException {
        String id = this.api.submit("Summarise this").id();
        leave("GET /jobs/%s HTTP/1.1\r\nHost: localhost\r\nPrefer: wait=1\r\n\r\n".formatted(id), true, false);
        await().until(() -> active() == 0);
    }

    private void leave(String request, boolean reset, boolean reads) throws IOException {
        await().until(() -> active() == 0);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.api.uri("/").getPort())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            await().until(() -> active() == 1);
            if (reads) {
                assertThat(socket.getInputStream().read()).isEqualTo('H');
            }
            socket.setSoLinger(reset, 0);
        }
    }

    private int active() {
        JettyWebServer server = (JettyWebServer) Objects.requireNonNull(this.context.getWebServer());
        return Objects.requireNonNull(server.getServer().getDescendant(StatisticsHandler.class)).getRequestsActive();
    }

}
