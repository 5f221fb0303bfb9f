package dev.jobprocessor.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.jobprocessor.api.jobs.JobEvent.Type;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.jobs.JobView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Callbacks that carry the secret, and whose body alone names the job. */
@ApiIntegrationTest
class RefusedCallbacksIntegrationTests {

    private static final String CALLBACK = "/jobs/webhook/callback";

    private static final String JSON = "application/json";

    private static final String FORM = "application/x-www-form-urlencoded";

    @LocalServerPort
    private int port;

    @Autowired
    private ApiClient api;

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        this.http.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`',
            textBlock = """
                    400 | application/json                  | {"jobId":"%s","result":"say "hi""}      | The body is not JSON.
                    400 | application/json                  | {"jobId":"%s","attempt":"","result":1}  | attempt has the wrong type
                    415 | text/plain                        | {"jobId":"%s","result":"r"}             | Content-Type 'text/plain;charset=UTF-8' is not supported.
                    415 | application/x-www-form-urlencoded | result=r&jobId=%s                       | Content-Type 'application/x-www-form-urlencoded;charset=UTF-8' is not supported.
                    """)
    void recordsWhyACallbackIsRefused(int status, String type, String body, String reason) throws Exception {
        JobView job = this.api.submit("a");
        assertThat(post("", type, BodyPublishers.ofString(body.formatted(job.id())))).isEqualTo(status);
        assertThat(refusals(job)).singleElement().isEqualTo(reason);
        assertThat(this.api.find(job.id()).status()).isEqualTo(JobStatus.PENDING);
    }

    @Test
    void recordsRefusedFormsWhateverTheirUrlAndEncoding() throws Exception {
        JobView job = this.api.submit("a");
        post("?from=n8n", FORM, BodyPublishers.ofString("jobId=" + job.id() + "&result=r"));
        String parts = "--b\r\nContent-Disposition: form-data; name=\"jobId\"\r\n\r\n%s\r\n--b--\r\n"
            .formatted(job.id());
        post("", "multipart/form-data; boundary=b", BodyPublishers.ofString(parts));
        assertThat(refusals(job)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void recordsCallbackThatIsTooLarge(boolean announced) throws Exception {
        JobView job = this.api.submit("a");
        byte[] body = ("{\"jobId\":\"" + job.id() + "\",\"result\":\"" + "x".repeat(9 * 1024 * 1024) + "\"}")
            .getBytes(StandardCharsets.UTF_8);
        BodyPublisher publisher = announced ? BodyPublishers.ofByteArray(body)
                : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
        assertThat(post("", JSON, publisher)).isEqualTo(413);
        assertThat(refusals(job)).singleElement().asString().startsWith("The body is too large");
    }

    @Test
    void awaitsNoBodyThatTrickles() throws IOException {
        try (Socket socket = new Socket("localhost", this.port)) {
            socket.getOutputStream()
                .write(("POST " + CALLBACK + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "x-webhook-secret: sesame\r\nContent-Length: 9000000\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> {
                socket.getOutputStream().write(' ');
                return socket.getInputStream().available() > 0;
            });
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                .isEqualTo("HTTP/1.1 413");
        }
    }

    @ParameterizedTest
    @CsvSource({ "1, 200", "'', 400", "one, 400" })
    void takesProgressOfANumberedAttemptAlone(String attempt, int status) throws Exception {
        JobView job = this.api.submit("a");
        this.api
            .post("/jobs/" + job.id() + "/start",
                    Map.of("attempt", 1, "worker", "w", "claim", "c", "redelivered", false),
                    Map.of("x-webhook-secret", "sesame"))
            .retrieve()
            .toBodilessEntity();
        assertThat(send("/jobs/" + job.id() + "/progress?attempt=" + attempt, JSON, BodyPublishers.ofString("{}")))
            .isEqualTo(status);
    }

    private int post(String query, String type, BodyPublisher body) throws IOException, InterruptedException {
        return send(CALLBACK + query, type, body);
    }

    private int send(String path, String type, BodyPublisher body) throws IOException, InterruptedException {
        return this.http
            .send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
                .header("Content-Type", type)
                .header("x-webhook-secret", "sesame")
                .POST(body)
                .build(), BodyHandlers.discarding())
            .statusCode();
    }

    private List<String> refusals(JobView job) {
        return Objects.requireNonNull(this.api.find(job.id()).history())
            .stream()
            .filter((event) -> event.type() == Type.CALLBACK_REFUSED)
            .map((event) -> String.valueOf(event.detail()))
            .toList();
    }

}
