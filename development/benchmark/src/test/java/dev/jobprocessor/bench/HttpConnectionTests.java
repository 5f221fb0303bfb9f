package dev.jobprocessor.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class HttpConnectionTests {

    private static final byte[] REQUEST = HttpConnection.get("/jobs");

    private final ServerSocket server;

    private final HttpConnection connection;

    HttpConnectionTests() throws IOException {
        this.server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress());
        this.connection = new HttpConnection(this.server.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        this.connection.close();
        this.server.close();
    }

    @Test
    void readsAnswersOneAfterTheOther() throws Exception {
        respond(List.of("HTTP/1.1 200 \r\nContent-Length: 2\r\nETag: \"a\"\r\n\r\n[]", "HTTP/1.1 304 \r\n\r\n"));
        HttpConnection.Response first = this.connection.exchange(REQUEST);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.etag()).isEqualTo("\"a\"");
        assertThat(first.body()).asString().isEqualTo("[]");
        assertThat(this.connection.exchange(REQUEST).status()).isEqualTo(304);
    }

    @Test
    void readsChunks() throws Exception {
        respond(List.of("HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n"));
        assertThat(this.connection.exchange(REQUEST).body()).asString().isEqualTo("abc0123456789");
    }

    @Test
    void connectsAgainWhereTheServerCloses() throws Exception {
        respond(List.of("HTTP/1.1 204 \r\nConnection: close\r\n\r\n"), List.of("HTTP/1.1 200 \r\n\r\n"));
        assertThat(this.connection.exchange(REQUEST).status()).isEqualTo(204);
        assertThat(this.connection.exchange(REQUEST).status()).isEqualTo(200);
    }

    @Test
    void tellsOfAnotherStatusThanExpected() throws Exception {
        respond(List.of("HTTP/1.1 503 \r\nContent-Length: 11\r\n\r\nunavailable"));
        HttpConnection.Response response = this.connection.exchange(REQUEST);
        assertThatIOException().isThrownBy(() -> response.require(200))
            .withMessage("Status 503 instead of 200: unavailable");
    }

    /** Responds to each connection's requests in turn. */
    @SafeVarargs
    private void respond(List<String>... connections) {
        Thread.ofVirtual().start(() -> {
            for (List<String> responses : connections) {
                try (Socket socket = this.server.accept()) {
                    respond(socket, responses);
                }
                catch (IOException ex) {
                    return; // the test is over
                }
            }
        });
    }

    private static void respond(Socket socket, List<String> responses) throws IOException {
        OutputStream out = socket.getOutputStream();
        for (String response : responses) {
            socket.getInputStream().readNBytes(REQUEST.length);
            out.write(response.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

}
