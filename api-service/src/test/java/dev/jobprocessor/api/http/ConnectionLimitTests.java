package dev.jobprocessor.api.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ConnectionLimitTests {

    private static final int TIMEOUT_MILLIS = 60_000;

    @ParameterizedTest
    @CsvSource({ "256, 4000, 1024", "460, 4000, 1840", "4096, 4000, 4000", "256, 100, 100" })
    void acceptsAsManyConnectionsAsAQuarterOfTheHeapBears(int heapMegabytes, int configured, int expected) {
        JettyServletWebServerFactory factory = new JettyServletWebServerFactory();
        factory.setMaxConnections(configured);
        new ConnectionLimit(DataSize.ofMegabytes(heapMegabytes).toBytes()).customize(factory);
        assertThat(factory.getMaxConnections()).isEqualTo(expected);
    }

    @Test
    void servesAnotherConnectionOnceOneIsClosed() throws IOException {
        JettyServletWebServerFactory factory = new JettyServletWebServerFactory(0);
        factory.setMaxConnections(2);
        new ConnectionLimit(Long.MAX_VALUE).customize(factory);
        WebServer server = factory.getWebServer();
        server.start();
        try (Socket first = open(server); Socket second = open(server)) {
            assertServed(first);
            assertServed(second);
            try (Socket third = open(server)) {
                third.setSoTimeout(500);
                assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> assertServed(third));
                third.setSoTimeout(TIMEOUT_MILLIS);
                first.close();
                assertServed(third);
            }
        }
        finally {
            server.stop();
            server.destroy();
        }
    }

    private static Socket open(WebServer server) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void assertServed(Socket socket) throws IOException {
        assertThat(socket.getInputStream().read()).isEqualTo('H');
    }

}
