package dev.jobprocessor.api;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * With 768 KiB for large bodies, of which one of 95 KiB takes 381: two fit in, a third
 * does not.
 */
@ApiIntegrationTest
@TestPropertySource(
        properties = { "requests.memory=1MB", "requests.body-timeout=2s", "server.jetty.connection-idle-timeout=1m" })
class RequestMemoryIntegrationTests {

    private static final int LARGE = 95 * 1024;

    private static final String ORIGIN = "http://localhost:5173";

    private static final String USED = "requests_memory_used_bytes{size=\"large\"}";

    private static final String REFUSED = "requests_refused_total{size=\"large\"}";

    @LocalServerPort
    private int port;

    @Autowired
    private ApiClient api;

    @Test
    void refusesALargeBodyWithoutMemoryAndServesTheOthers() throws IOException {
        double refused = this.api.metric(REFUSED);
        try (Socket first = unfinishedBatch("Content-Length: " + LARGE)) {
            await().until(() -> this.api.metric(USED) == 381 * 1024);
            assertThat(submitBatch(LARGE).getStatusCode().value()).isEqualTo(201);
            try (Socket second = unfinishedBatch("Content-Length: " + LARGE)) {
                await().until(() -> this.api.metric(USED) == 762 * 1024);
                assertRefused(submitBatch(LARGE));
                assertThat(this.api.submit("small", null).getStatusCode().value()).isEqualTo(201);
                assertThat(this.api.metric(REFUSED)).isEqualTo(refused + 1);
            }
        }
        await().until(() -> this.api.metric(USED) == 0);
        assertThat(submitBatch(LARGE).getStatusCode().value()).isEqualTo(201);
    }

    @Test
    void countsBodiesOfUnknownLengthAsTheyCome() throws IOException {
        try (Socket chunked = unfinishedBatch("Transfer-Encoding: chunked")) {
            chunked.getOutputStream().write("18000\r\n".getBytes(StandardCharsets.US_ASCII));
            chunked.getOutputStream().write(" ".repeat(0x18000).getBytes(StandardCharsets.US_ASCII));
            chunked.getOutputStream().flush();
            await().until(() -> this.api.metric(USED) >= 380 * 1024);
        }
    }

    @Test
    void takesNoMemoryForABodyThatTrickles() throws IOException {
        try (Socket trickling = unfinishedBatch("Content-Length: " + LARGE)) {
            await().until(() -> this.api.metric(USED) > 0);
            await().until(() -> {
                trickling.getOutputStream().write(' ');
                return trickling.getInputStream().available() > 0;
            });
            byte[] response = new byte[12];
            trickling.getInputStream().readNBytes(response, 0, response.length);
            assertThat(new String(response, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 408");
            await().until(() -> this.api.metric(USED) == 0);
        }
    }

    /** Of 512 KiB for requests, each takes 64. */
    @Test
    void refusesRequestsWhileAsManyAreServedAsTheHeapBears() throws IOException {
        List<Socket> served = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                served.add(unfinished("POST /jobs", "Content-Length: 20"));
            }
            await().until(() -> this.api.metric("requests_memory_used_bytes{size=\"request\"}") == 512 * 1024);
            ResponseEntity<JsonNode> refused = fromOtherOrigin("/jobs/1");
            assertThat(refused.getStatusCode().value()).isEqualTo(503);
            assertThat(refused.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("2");
            assertThat(refused.toString()).contains("urn:job-processor:overloaded", "As many requests are served");
            assertReadableBy(ORIGIN, refused);
        }
        finally {
            for (Socket socket : served) {
                socket.close();
            }
        }
        await().until(() -> this.api.call(HttpMethod.GET, "/jobs/1").getStatusCode().value() == 404);
    }

    private ResponseEntity<JsonNode> fromOtherOrigin(String path) {
        return this.api.get(path).headers((headers) -> headers.setOrigin(ORIGIN)).retrieve().toEntity(JsonNode.class);
    }

    private static void assertReadableBy(String origin, ResponseEntity<JsonNode> response) {
        assertThat(response.getHeaders().getAccessControlAllowOrigin()).isEqualTo(origin);
        assertThat(response.getHeaders().getAccessControlExposeHeaders()).contains(HttpHeaders.RETRY_AFTER);
    }

    private static void assertRefused(ResponseEntity<JsonNode> response) {
        assertThat(response.getStatusCode().value()).isEqualTo(503);
        assertThat(response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("2");
        assertThat(response.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(response.getBody()).isNotNull();
        assertThat(response.getBody().get("type").stringValue()).isEqualTo("urn:job-processor:overloaded");
        assertThat(response.getBody().get("error").stringValue()).contains("no memory for this body");
    }

    private ResponseEntity<JsonNode> submitBatch(int bytes) {
        String padded = "[{\"prompt\":\"a\"}" + " ".repeat(bytes - 17) + "]";
        return this.api.post("/jobs/batch", padded, Map.of("Accept", "application/json"))
            .retrieve()
            .toEntity(JsonNode.class);
    }

    /** Has the headers and the first byte of the body. */
    private Socket unfinishedBatch(String framing) throws IOException {
        return unfinished("POST /jobs/batch", framing);
    }

    private Socket unfinished(String call, String framing) throws IOException {
        Socket socket = new Socket("localhost", this.port);
        List<String> head = List.of(call + " HTTP/1.1", "Host: localhost", "Content-Type: application/json", framing,
                "", framing.startsWith("Content") ? "[" : "");
        socket.getOutputStream().write(String.join("\r\n", head).getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

}
