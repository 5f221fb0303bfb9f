package dev.jobprocessor.api.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

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
class ServerProblemsIntegrationTests {

    private static final int TIMEOUT_MILLIS = 60_000;

    private static final int MOST_BYTES = 8 * 1024;

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
        assertProblem(send("GET %s HTTP/1.1\r\nHost: localhost\r\nX-Large: %s\r\n".formatted(path, LARGE)), 431);
        assertProblem(send("GET %s?q=%s HTTP/1.1\r\nHost: localhost\r\n".formatted(path, LARGE)), 414);
    }

    @Test
    void boundsTheBytesOfRequestLineAndHeaders() throws IOException {
        String head = "GET /nowhere HTTP/1.1\r\nHost: localhost\r\nX: %s\r\n";
        String most = "a".repeat(MOST_BYTES - (head.formatted("") + "Connection: close\r\n\r\n").length());
        assertThat(send(head.formatted(most))).startsWith("HTTP/1.1 404");
        assertProblem(send(head.formatted(most + "a")), 431);
    }

    /** Host and Connection are two of them. */
    @Test
    void boundsHowManyHeadersARequestHas() throws IOException {
        String most = "GET /jobs/1 HTTP/1.1\r\nHost: localhost\r\n" + "a:b\r\n".repeat(RequestHeaders.MOST_HEADERS - 2);
        assertProblem(send(most), 404);
        assertProblem(send(most + "a:b\r\n"), 431);
    }

    /** More than the server reads by itself of a body that is refused. */
    @Test
    void readsARefusedBodySoThatItsClientGetsTheResponse() throws IOException {
        String body = " ".repeat(4 * 1024 * 1024);
        String head = "POST /jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ";
        assertProblem(sendAll(head + body.length() + "\r\nConnection: close\r\n\r\n" + body), 413);
        assertThat(sendAll(head.replace("POST /jobs", "POST /jobs/webhook/callback") + body.length()
                + "\r\nConnection: close\r\n\r\n" + body))
            .startsWith("HTTP/1.1 401");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/workers/a%0D%0Ab%1B%5Bc/drain", "/jobs/a%2Fb/retry", "/jobs/%00", "/jobs/%zz", "/jobs/%",
            "/%", "/jobs/<a>", "/jobs;x", "/jobs/%u0041", "/jobs/%c0%af", "/jobs/%e2%82", "/jobs/%2e%2e/x",
            "/jobs/..;/x", "/jobs/%252e", "/jobs//x", "/../x", "/jobs#x", "nowhere", "http://user@localhost/jobs" })
    void readsTheBodyOfARequestWithAMalformedAddress(String address) throws IOException {
        String body = " ".repeat(4 * 1024 * 1024);
        assertProblem(sendAll("POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s".formatted(address,
                body.length(), body)), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "Host: a b\r\n", "Host: a\r\nHost: b\r\n", "Host: localhost\r\nContent-Length: x\r\n",
            "Host: localhost\r\nX: \u0001\r\n", "Host: localhost\r\n: x\r\n" })
    void answersImpossibleHeaders(String headers) throws IOException {
        assertProblem(send("GET /jobs HTTP/1.1\r\n" + headers), 400);
    }

    /** Each would hide another request from one of two servers in a row. */
    @ParameterizedTest
    @ValueSource(strings = { "Content-Length: 5\r\nTransfer-Encoding: chunked",
            "Content-Length: 5\r\nContent-Length: 6", "Content-Length: 5\r\nContent-Length: 5", "Content-Length: 5, 5",
            "Content-Length: +5", "Content-Length: 0x5", "Content-Length : 5", "Content-Length: 5\r\n folded: x",
            "Transfer-Encoding : chunked", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
            "Transfer-Encoding: xchunked", "Transfer-Encoding: chunked, identity", "Transfer-Encoding:\u000bchunked",
            "X: a\nContent-Length: 5", "X: a\rContent-Length: 5" })
    void refusesWhatHidesAnotherRequest(String framing) throws IOException {
        assertRefusedAlone("POST /jobs HTTP/1.1\r\nHost: localhost\r\n" + framing + "\r\n\r\n0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = { "x\r\n[]\r\n0\r\n\r\n", "-2\r\n[]\r\n0\r\n\r\n", "2\n[]\r\n0\r\n\r\n",
            "2\r\n[]]\r\n0\r\n\r\n", "fffffffffffffffff2\r\n[]\r\n0\r\n\r\n" })
    void refusesMalformedChunks(String body) throws IOException {
        assertRefusedAlone("POST /jobs/batch HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n" + body);
    }

    /** A client would send its next request on a connection that is gone. */
    @ParameterizedTest
    @ValueSource(strings = { "GET /jobs%00", "HEAD /jobs%00", "POST /jobs%00", "POST /jobs%2F", "PATCH /jobs;x" })
    void saysThatItClosesTheConnectionOfAMalformedRequest(String method) throws IOException {
        assertThat(sendAll(method + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}"))
            .startsWith("HTTP/1.1 400")
            .contains("Connection: close");
    }

    @Test
    void answersAHandshakeThatIsNone() throws IOException {
        assertProblem(send("GET /ws HTTP/1.1\r\nHost: localhost\r\n"), 400);
    }

    @Test
    void logsNoTokenOfAMalformedAddress(CapturedOutput output) throws IOException {
        send("POST /jobs/webhook/callback?token=t0ken|<x> HTTP/1.1\r\nHost: localhost\r\n");
        assertThat(output).doesNotContain("t0ken");
    }

    private String send(String head) throws IOException {
        return sendAll(head + "Connection: close\r\n\r\n");
    }

    private String sendAll(String requests) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(requests.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Nothing is read after it: what follows it gets no response. */
    private void assertRefusedAlone(String request) throws IOException {
        String answer = sendAll(request + "GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
        assertThat(answer).matches("(?s)HTTP/1.1 (400|501|413) .*");
        assertProblem(answer, Integer.parseInt(answer.substring(9, 12)));
    }

    private static void assertProblem(String answer, int status) {
        assertThat(answer).startsWith("HTTP/1.1 " + status)
            .containsIgnoringCase("content-type: application/problem+json")
            .doesNotContain("secret", "Jetty", "nowhere");
        JsonNode problem = JsonMapper.shared()
            .readTree(answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
        assertThat(problem.path("status").intValue()).isEqualTo(status);
        assertThat(problem.path("error").asString()).isNotBlank().isEqualTo(problem.path("detail").asString());
    }

}
