package dev.jobprocessor.api.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

import dev.jobprocessor.api.ApiIntegrationTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Sends what no client library would. */
@ApiIntegrationTest
@ExtendWith(OutputCaptureExtension.class)
class TomcatProblemsIntegrationTests {

    private static final int TIMEOUT_MILLIS = 60_000;

    private static final String LARGE = "secret".repeat(20_000 / 6);

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET /jobs/a%2Fb HTTP/1.1   | 400
            GET /jobs/% HTTP/1.1       | 400
            GET /% HTTP/1.1            | 400
            GET /jobs/%zz HTTP/1.1     | 400
            GET /jobs/%00 HTTP/1.1     | 400
            GET /jobs/<a> HTTP/1.1     | 400
            GET /jobs?q=%zz HTTP/1.1   | 400
            GET nowhere HTTP/1.1       | 400
            G<T /jobs HTTP/1.1         | 400
            GET /jobs HTTP/9.9         | 505
            TRACE /jobs HTTP/1.1       | 405
            FETCH /jobs HTTP/1.1       | 405
            FETCH /ws HTTP/1.1         | 405
            """)
    void answersAnImpossibleRequestLine(String requestLine, int status) throws IOException {
        assertProblem(send(requestLine + "\r\nHost: localhost\r\nAccept: text/html, */*;q=0.1\r\n"), status);
    }

    @ParameterizedTest
    @ValueSource(strings = { "/", "/jobs", "/jobs/1", "/health", "/nowhere", "/ws" })
    void answersTooLargeHeadersAlikeEverywhere(String path) throws IOException {
        assertProblem(send("GET %s HTTP/1.1\r\nHost: localhost\r\nX-Large: %s\r\n".formatted(path, LARGE)), 400);
        assertProblem(send("GET %s?q=%s HTTP/1.1\r\nHost: localhost\r\n".formatted(path, LARGE)), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "Host: a b\r\n", "Host: a\r\nHost: b\r\n", "Host: localhost\r\nContent-Length: x\r\n",
            "Host: localhost\r\nX: \u0001\r\n", "Host: localhost\r\n: x\r\n" })
    void answersImpossibleHeaders(String headers) throws IOException {
        assertProblem(send("GET /jobs HTTP/1.1\r\n" + headers), 400);
    }

    @Test
    void answersAHandshakeThatIsNone() throws IOException {
        assertProblem(send("GET /ws HTTP/1.1\r\nHost: localhost\r\n"), 400);
    }

    @Test
    void logsNoTokenOfAMalformedAddress(CapturedOutput output) throws IOException {
        Logger tomcat = Logger.getLogger("org.apache.coyote.http11.Http11Processor");
        send("POST /jobs/webhook/callback?token=t0ken|<x> HTTP/1.1\r\nHost: localhost\r\n");
        assertThat(tomcat.isLoggable(Level.INFO)).isFalse();
        assertThat(output).doesNotContain("t0ken");
    }

    private String send(String head) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertProblem(String answer, int status) {
        assertThat(answer).startsWith("HTTP/1.1 " + status)
            .containsIgnoringCase("content-type: application/problem+json")
            .doesNotContain("secret", "Tomcat", "nowhere");
        JsonNode problem = JsonMapper.shared()
            .readTree(answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
        assertThat(problem.path("status").intValue()).isEqualTo(status);
        assertThat(problem.path("error").asString()).isNotBlank().isEqualTo(problem.path("detail").asString());
    }

}
