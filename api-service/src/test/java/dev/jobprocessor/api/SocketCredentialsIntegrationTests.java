package dev.jobprocessor.api;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@KeysRequiredIntegrationTest
@ExtendWith(OutputCaptureExtension.class)
class SocketCredentialsIntegrationTests {

    private static final String ADMIN = KeysRequiredIntegrationTest.ADMIN_KEY;

    @Autowired
    private ApiClient api;

    @Autowired
    private MongoOperations mongo;

    @LocalServerPort
    private int port;

    @BeforeEach
    void startWithoutEntries() {
        this.mongo.remove(new Query(), "audit");
    }

    @Test
    void followsJobsByTheSessionUntilItsKeyIsRevoked() {
        JsonNode key = create("viewer");
        Browser browser = new Browser(this.port, false);
        browser.signIn(key.path("key").asString());

        endsOnceRevoked(new Socket("Cookie", "session=" + browser.cookie("session"), ""), key);
    }

    @Test
    void followsJobsByAKeyUntilThatIsRevoked() {
        JsonNode key = create("viewer");

        endsOnceRevoked(new Socket("X-Nothing", "a", "Authorization:Bearer " + key.path("key").asString() + "\n"), key);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "Authorization:Bearer jp_guess\n", "Authorization:Bearer a b\n" })
    void refusesToConnectWithoutAValidCredential(String header) {
        double before = this.api.metric("stomp_frames_refused_total");
        Socket socket = new Socket("User-Agent", "refused/1", header);

        await().until(() -> socket.received().contains("ERROR"));
        await().until(socket::isClosed);
        assertThat(socket.received()).doesNotContain("CONNECTED");
        assertThat(this.api.metric("stomp_frames_refused_total") - before).isOne();
        await().untilAsserted(() -> {
            JsonNode entry = lastEntry("STOMP CONNECT");
            assertThat(entry.path("status").asInt()).isEqualTo(401);
            assertThat(entry.path("outcome").asString()).isEqualTo("refused");
            assertThat(entry.path("address").asString()).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
            assertThat(entry.path("userAgent").asString()).isEqualTo("refused/1");
            assertThat(entry.has("actor")).isFalse();
        });
    }

    @Test
    void showsNobodyJobsWhoMaySeeOnlyTheirOwn() {
        Socket socket = new Socket("X-Nothing", "a",
                "Authorization:Bearer " + create("submitter").path("key").asString() + "\n");
        await().until(() -> socket.received().contains("CONNECTED"));

        socket.send("SUBSCRIBE\nid:a\ndestination:/topic/jobs\n\n\0");

        await().until(() -> socket.received().contains("ERROR"));
        await().until(socket::isClosed);
        await().untilAsserted(() -> {
            JsonNode entry = lastEntry("STOMP SUBSCRIBE");
            assertThat(entry.path("status").asInt()).isEqualTo(403);
            assertThat(entry.path("actor").asString()).isEqualTo("key:submitter");
            assertThat(entry.path("keyId").asString()).isNotEmpty();
            assertThat(entry.path("target").asString()).isEqualTo("/topic/jobs");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = { "SEND\ndestination:/topic/jobs\n\nforged\0", "SUBSCRIBE\nid:a\ndestination:/a\n\n\0",
            "ACK\nid:a\n\n\0", "NONSENSE\n\n\0" })
    void logsNothingOfFramesThatItRefuses(String frame, CapturedOutput output) {
        Socket socket = new Socket("X-Nothing", "a", "Authorization:Bearer " + ADMIN + "\n");
        await().until(() -> socket.received().contains("CONNECTED"));

        socket.send(frame);

        await().until(() -> socket.received().contains("ERROR"));
        await().until(socket::isClosed);
        assertThat(output.getAll()).doesNotContain("StompSubProtocolHandler");
    }

    @Test
    void entersNoFrameThatIsRefusedForAnotherReason() {
        Socket socket = new Socket("X-Nothing", "a", "Authorization:Bearer " + ADMIN + "\n");
        await().until(() -> socket.received().contains("CONNECTED"));

        socket.send("SUBSCRIBE\nid:a\ndestination:/topic/none\n\n\0");

        await().until(socket::isClosed);
        assertThat(this.api.call(HttpMethod.GET, "/audit?target=/topic/none", ADMIN).getBody()).isEmpty();
    }

    private JsonNode lastEntry(String action) {
        return Objects
            .requireNonNull(this.api.call(HttpMethod.GET, "/audit?limit=1&action=" + action.replace(" ", "%20"), ADMIN)
                .getBody())
            .path(0);
    }

    private void endsOnceRevoked(Socket socket, JsonNode key) {
        await().until(() -> socket.received().contains("CONNECTED"));
        socket.send("SUBSCRIBE\nid:a\ndestination:/topic/jobs\n\n\0");
        socket.send("\n");
        this.api.post("/jobs", Map.of("prompt", "Seen"), Map.of(HttpHeaders.AUTHORIZATION, "Bearer " + ADMIN))
            .retrieve()
            .toBodilessEntity();
        await().until(() -> socket.received().contains("Seen"));

        this.api.call(HttpMethod.DELETE, "/api-keys/" + key.path("id").asString(), ADMIN);
        socket.send("\n");

        await().until(() -> socket.received().contains("ERROR"));
        await().until(socket::isClosed);
    }

    private JsonNode create(String role) {
        return Objects.requireNonNull(
                this.api
                    .post("/api-keys", Map.of("name", role, "roles", List.of(role)),
                            Map.of(HttpHeaders.AUTHORIZATION, "Bearer " + ADMIN))
                    .retrieve()
                    .body(JsonNode.class));
    }

    /** A client of STOMP that sends no heartbeats by itself. */
    private final class Socket implements WebSocket.Listener {

        private final StringBuffer received = new StringBuffer();

        private final WebSocket connection;

        private volatile boolean closed;

        Socket(String header, String value, String connectHeaders) {
            this.connection = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header(header, value)
                .subprotocols("v12.stomp")
                .buildAsync(URI.create("ws://localhost:" + SocketCredentialsIntegrationTests.this.port + "/ws"), this)
                .join();
            send("CONNECT\naccept-version:1.2\nhost:a\nheart-beat:0,0\n" + connectHeaders + "\n\0");
        }

        void send(String frame) {
            this.connection.sendText(frame, true).join();
        }

        String received() {
            return this.received.toString();
        }

        boolean isClosed() {
            return this.closed;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            this.received.append(data);
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            this.closed = true;
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            this.closed = true;
        }

    }

}
