package dev.jobprocessor.api.webhooks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jobprocessor.api.jobs.WebhookAddresses;
import dev.jobprocessor.api.webhooks.WebhookClient.Answer;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WebhookClientTests {

    private static final byte[] LOOPBACK = { 127, 0, 0, 1 };

    private static final byte[] PUBLIC = { 93, (byte) 184, (byte) 215, 14 };

    private final AtomicInteger calls = new AtomicInteger();

    private final CountDownLatch end = new CountDownLatch(1);

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0), 0);
        this.server.setExecutor((task) -> Thread.ofVirtual().start(task));
        this.server.start();
    }

    @AfterEach
    void stop() {
        this.end.countDown();
        this.server.stop(0);
    }

    @Test
    void postsJsonToTheAddressThatANameHas() throws Exception {
        CompletableFuture<String> received = new CompletableFuture<>();
        serve((exchange) -> {
            received.complete(exchange.getRequestHeaders().getFirst("Host") + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + exchange.getRequestHeaders().getFirst("webhook-id") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            answer(exchange, 204, "");
        });
        try (WebhookClient client = client(names(LOOPBACK), false)) {
            Answer answer = client.post("http://receiver.test:" + port() + "/hook?a=b", "{\"é\":1}",
                    Map.of("webhook-id", "id"));
            assertThat(answer).isEqualTo(new Answer(204, ""));
        }
        assertThat(received.get()).startsWith("receiver.test:" + port() + " application/json")
            .endsWith(" id {\"é\":1}");
    }

    @Test
    void readsTheFirstKibibyteOfAnAnswer() throws Exception {
        for (int length : List.of(1023, 1024, 1025)) {
            serve((exchange) -> answer(exchange, 200, "a".repeat(length)));
            try (WebhookClient client = client(SystemDefaultDnsResolver.INSTANCE, false)) {
                assertThat(client.post(url(), "{}", Map.of()).body()).hasSize(Math.min(length, 1024));
            }
        }
    }

    @Test
    void readsNoMoreOfAnAnswerOfTenMegabytes() throws Exception {
        CompletableFuture<Long> sent = new CompletableFuture<>();
        serve((exchange) -> {
            exchange.sendResponseHeaders(200, 10_000_000);
            long bytes = 0;
            try {
                for (; bytes < 10_000_000; bytes += 10_000) {
                    exchange.getResponseBody().write(new byte[10_000]);
                }
            }
            catch (IOException ex) {
                // cut
            }
            sent.complete(bytes);
        });
        try (WebhookClient client = client(SystemDefaultDnsResolver.INSTANCE, false)) {
            assertThat(client.post(url(), "{}", Map.of()).status()).isEqualTo(200);
        }
        assertThat(sent.get()).isLessThan(10_000_000);
    }

    @Test
    void followsNoRedirect() throws Exception {
        serve((exchange) -> {
            exchange.getResponseHeaders().set("Location", "http://169.254.169.254/latest/meta-data");
            answer(exchange, 307, "");
        });
        try (WebhookClient client = client(SystemDefaultDnsResolver.INSTANCE, false)) {
            assertThat(client.post(url(), "{}", Map.of()).status()).isEqualTo(307);
        }
    }

    @Test
    void cutsACallThatTakesTooLong() throws Exception {
        serve((exchange) -> awaitEnd());
        try (WebhookClient client = client(SystemDefaultDnsResolver.INSTANCE, false)) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> client.post(url(), "{}", Map.of()))
                .withMessage("No answer within 500 ms");
        }
    }

    @Test
    void cutsAnAnswerThatTrickles() throws Exception {
        serve((exchange) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('a');
            exchange.getResponseBody().flush();
            awaitEnd();
        });
        try (WebhookClient client = client(SystemDefaultDnsResolver.INSTANCE, false)) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> client.post(url(), "{}", Map.of()));
        }
    }

    @Test
    void failsWhereTheConnectionIsReset() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(LOOPBACK));
                WebhookClient client = client(SystemDefaultDnsResolver.INSTANCE, false)) {
            Thread.ofVirtual().start(() -> reset(socket));
            assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> client.post("http://127.0.0.1:" + socket.getLocalPort(), "{}", Map.of()));
        }
    }

    @Test
    void failsWhereAHeadHasNoEnd() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(LOOPBACK));
                WebhookClient client = client(SystemDefaultDnsResolver.INSTANCE, false)) {
            Thread.ofVirtual().start(() -> sendEndlessHead(socket));
            assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> client.post("http://127.0.0.1:" + socket.getLocalPort(), "{}", Map.of()));
        }
    }

    @Test
    void connectsToNoPrivateAddressInProduction() throws Exception {
        serve((exchange) -> answer(exchange, 200, ""));
        try (WebhookClient client = client(names(LOOPBACK), true)) {
            assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> client.post("http://receiver.test:" + port(), "{}", Map.of()))
                .withMessageContaining("receiver.test has a private address");
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> client.post(url(), "{}", Map.of()));
        }
        assertThat(this.calls).hasValue(0);
    }

    @Test
    void checksEachTimeThatANameIsResolved() throws Exception {
        CheckedResolver resolver = new CheckedResolver(names(PUBLIC, LOOPBACK), new WebhookAddresses(true));
        assertThat(resolver.resolve("receiver.test")).extracting(InetAddress::getAddress).containsExactly(PUBLIC);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> resolver.resolve("receiver.test"));
    }

    @Test
    void refusesANameOneOfWhoseAddressesIsPrivate() throws Exception {
        DnsResolver both = names(PUBLIC);
        CheckedResolver resolver = new CheckedResolver(new SystemDefaultDnsResolver() {

            @Override
            public InetAddress[] resolve(String host) {
                try {
                    return new InetAddress[] { both.resolve(host)[0], InetAddress.getByAddress(LOOPBACK) };
                }
                catch (IOException ex) {
                    throw new IllegalStateException(ex);
                }
            }

        }, new WebhookAddresses(true));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> resolver.resolve("receiver.test"));
    }

    private void serve(Handler handler) {
        try {
            this.server.removeContext("/");
        }
        catch (IllegalArgumentException ex) {
            // the first one
        }
        this.server.createContext("/", (exchange) -> {
            this.calls.incrementAndGet();
            handler.handle(exchange);
        });
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, (bytes.length > 0) ? bytes.length : -1);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void awaitEnd() {
        try {
            this.end.await();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private static void reset(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.setSoLinger(true, 0);
        }
        catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static void sendEndlessHead(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                socket.getOutputStream().write("a: b\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
        catch (IOException ex) {
            // cut
        }
    }

    private int port() {
        return this.server.getAddress().getPort();
    }

    private String url() {
        return "http://127.0.0.1:" + port();
    }

    private static WebhookClient client(DnsResolver names, boolean publicOnly) {
        DeliverySettings settings = new DeliverySettings(List.of(), Duration.ofMillis(500), 8, 16, Duration.ofDays(5),
                Duration.ofDays(1), "");
        return new WebhookClient(settings, names, new WebhookAddresses(publicOnly));
    }

    /** Whatever the name, these addresses, one after the other. */
    private static DnsResolver names(byte[]... addresses) {
        AtomicInteger next = new AtomicInteger();
        return new SystemDefaultDnsResolver() {

            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                return new InetAddress[] {
                        InetAddress.getByAddress(host, addresses[next.getAndIncrement() % addresses.length]) };
            }

        };
    }

    private interface Handler {

        void handle(HttpExchange exchange) throws IOException;

    }

}
