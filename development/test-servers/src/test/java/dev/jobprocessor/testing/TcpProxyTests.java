package dev.jobprocessor.testing;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
class TcpProxyTests {

    private EchoServer server;

    private TcpProxy proxy;

    private Socket client;

    @BeforeEach
    void connect() throws IOException {
        this.server = new EchoServer();
        this.proxy = TcpProxy.to("127.0.0.1", this.server.port());
        this.client = newClient();
    }

    @AfterEach
    void close() throws IOException {
        this.client.close();
        this.proxy.close();
        this.server.close();
    }

    @Test
    void forwardsBothWays() throws IOException {
        assertThat(ask(this.client, 1)).isEqualTo(1);
        assertThat(ask(newClient(), 2)).isEqualTo(2);
    }

    @Test
    void cutsConnectionsOnce() throws IOException {
        ask(this.client, 1);
        this.proxy.cut();
        assertThat(isCut(this.client)).isTrue();
        assertThat(ask(newClient(), 2)).isEqualTo(2);
    }

    @Test
    void refusesUntilResumed() throws IOException {
        ask(this.client, 1);
        this.proxy.refuse();
        this.proxy.refuse();
        assertThat(isCut(this.client)).isTrue();
        assertThatExceptionOfType(ConnectException.class).isThrownBy(this::newClient);
        this.proxy.cut();
        assertThatExceptionOfType(ConnectException.class).isThrownBy(this::newClient);
        this.proxy.resume();
        this.proxy.resume();
        assertThat(ask(newClient(), 2)).isEqualTo(2);
    }

    @Test
    void swallowsAnswersUntilCut() throws Exception {
        ask(this.client, 1);
        assertThat(this.server.nextAnswered()).isEqualTo(1);
        this.proxy.swallowAnswers();
        this.client.getOutputStream().write(2);
        assertThat(this.server.nextAnswered()).isEqualTo(2);
        this.proxy.cut();
        assertThat(isCut(this.client)).isTrue();
        assertThat(ask(newClient(), 3)).isEqualTo(3);
    }

    @Test
    void swallowsAnswersOnNewConnections() throws Exception {
        this.proxy.swallowAnswers();
        Socket next = newClient();
        next.getOutputStream().write(1);
        assertThat(this.server.nextAnswered()).isEqualTo(1);
        this.proxy.cut();
        assertThat(isCut(next)).isTrue();
    }

    @Test
    void holdsBackUntilResumed() throws Exception {
        ask(this.client, 1);
        assertThat(this.server.nextAnswered()).isEqualTo(1);
        this.proxy.stall();
        this.client.getOutputStream().write(2);
        assertThat(this.server.hasAnswered()).isFalse();
        this.proxy.resume();
        assertThat(this.client.getInputStream().read()).isEqualTo(2);
    }

    @Test
    void cutsWhatItHoldsBack() throws Exception {
        ask(this.client, 1);
        assertThat(this.server.nextAnswered()).isEqualTo(1);
        this.proxy.stall();
        this.client.getOutputStream().write(2);
        this.proxy.cut();
        assertThat(isCut(this.client)).isTrue();
        assertThat(ask(newClient(), 3)).isEqualTo(3);
        assertThat(this.server.nextAnswered()).isEqualTo(3);
    }

    @Test
    void closesConnectionsOfUnreachableServer() throws IOException {
        this.server.close();
        assertThat(isCut(newClient())).isTrue();
    }

    private Socket newClient() throws IOException {
        return new Socket(this.proxy.host(), this.proxy.port());
    }

    private static int ask(Socket client, int question) throws IOException {
        client.getOutputStream().write(question);
        return client.getInputStream().read();
    }

    /** Whether nothing more arrives, not even what was in flight. */
    private static boolean isCut(Socket client) {
        try {
            return client.getInputStream().read() < 0;
        }
        catch (IOException ex) {
            return true;
        }
    }

}
