package dev.jobprocessor.api.live;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.jobprocessor.api.ApiClient;
import dev.jobprocessor.api.ApiIntegrationTest;
import dev.jobprocessor.api.jobs.JobRequest;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.jobs.JobView;
import dev.jobprocessor.testing.TcpProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.web.socket.messaging.SubProtocolWebSocketHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

@ApiIntegrationTest
class LiveUpdatesIntegrationTests {

    private static final String OWN_ORIGIN = "http://localhost:";

    @Autowired
    private ApiClient api;

    @Autowired
    private JobFeed feed;

    @Autowired
    private RabbitTemplate rabbit;

    @Autowired
    private JsonMapper mapper;

    @Autowired
    private SubProtocolWebSocketHandler connections;

    @Autowired
    @Qualifier("brokerProxy")
    private TcpProxy brokerProxy;

    @LocalServerPort
    private int port;

    private final List<AutoCloseable> clients = new ArrayList<>();

    @AfterEach
    void disconnect() throws Exception {
        for (AutoCloseable client : this.clients) {
            client.close();
        }
    }

    @Test
    void tellsWhatBecomesOfAJob() {
        Subscriber subscriber = subscriber();
        String id = this.api.submit("a").id();
        await().untilAsserted(() -> assertThat(subscriber.statusOf(id)).isEqualTo(JobStatus.PENDING));
        this.api.callback(id, 1, "COMPLETED", "r");
        await().untilAsserted(() -> assertThat(subscriber.statusOf(id)).isEqualTo(JobStatus.COMPLETED));
        this.api.call(HttpMethod.DELETE, "/jobs/" + id);
        await().untilAsserted(() -> assertThat(subscriber.deleted()).contains(id));
    }

    @Test
    void tellsWhatOtherInstancesChanged() {
        Subscriber subscriber = subscriber();
        sendFromAnotherInstance("this is no JSON");
        sendFromAnotherInstance(
                this.mapper.writeValueAsString(new JobUpdates(List.of(job("foreign", "a")), List.of("gone"))));
        await().untilAsserted(() -> {
            assertThat(subscriber.statusOf("foreign")).isEqualTo(JobStatus.PENDING);
            assertThat(subscriber.deleted()).contains("gone");
        });
    }

    @Test
    void needsNoBrokerForItsOwnChanges() {
        Subscriber subscriber = subscriber();
        this.brokerProxy.refuse();
        String id = this.api.submit("a").id();
        await().untilAsserted(() -> assertThat(subscriber.statusOf(id)).isEqualTo(JobStatus.PENDING));
    }

    @Test
    void countsSessionsAndFrames() {
        double opened = this.api.metric("stomp_sessions_opened_total");
        double received = this.api.metric("stomp_frames_received_total");
        double sent = this.api.metric("stomp_frames_sent_total");
        Subscriber subscriber = subscriber();
        String id = this.api.submit("a").id();
        await().untilAsserted(() -> assertThat(subscriber.statusOf(id)).isEqualTo(JobStatus.PENDING));
        assertThat(this.api.metric("stomp_sessions")).isPositive();
        assertThat(this.api.metric("stomp_sessions_opened_total")).isEqualTo(opened + 1);
        assertThat(this.api.metric("stomp_sessions_cut_total")).isNotNegative();
        assertThat(this.api.metric("stomp_frames_received_total")).isGreaterThanOrEqualTo(received + 2);
        assertThat(this.api.metric("stomp_frames_sent_total")).isGreaterThanOrEqualTo(sent + 2);
    }

    @Test
    void refusesPagesOfOtherOrigins() {
        assertThatException().isThrownBy(() -> connect("http://evil.example"))
            .havingRootCause()
            .withMessageContaining("403");
    }

    @Test
    void refusesToSend() {
        Subscriber bystander = subscriber();
        Subscriber sender = subscriber();
        sender.send("/topic/jobs", "{\"jobs\":[],\"deleted\":[\"all\"]}");
        await().untilAsserted(() -> assertThat(sender.isConnected()).isFalse());
        String id = this.api.submit("a").id();
        await().untilAsserted(() -> assertThat(bystander.statusOf(id)).isEqualTo(JobStatus.PENDING));
        assertThat(bystander.deleted()).doesNotContain("all");
    }

    @Test
    void refusesOtherTopicsAndSecondSubscriptions() {
        Subscriber curious = subscriber();
        curious.subscribe("/topic/secrets");
        await().untilAsserted(() -> assertThat(curious.isConnected()).isFalse());
        Subscriber greedy = subscriber();
        greedy.subscribe("/topic/jobs");
        await().untilAsserted(() -> assertThat(greedy.isConnected()).isFalse());
    }

    @Test
    void cutsWhoDoesNotRead() throws IOException {
        Subscriber reader = subscriber();
        int cut = cut();
        silentSubscriber();
        await().until(() -> {
            String round = UUID.randomUUID().toString();
            for (int i = 0; i < 10; i++) {
                this.feed.add(new JobUpdates(List.of(job("large-" + i, "x".repeat(20_000))), List.of(round)));
            }
            await().until(() -> reader.deleted().contains(round)); // however slowly it
                                                                   // reads
            return cut() == cut + 1;
        });
        assertThat(reader.isConnected()).isTrue();
        String id = this.api.submit("a").id();
        await().untilAsserted(() -> assertThat(reader.statusOf(id)).isEqualTo(JobStatus.PENDING));
    }

    @ParameterizedTest
    @CsvSource({ "8192, CONNECTED", "8193, ERROR" })
    void refusesAFramePastItsLimit(int length, String response) throws IOException {
        Socket socket = webSocket();
        String frame = "CONNECT\naccept-version:1.2\nhost:localhost\nx:%s\n\n\0";
        String header = "x".repeat(length - frame.formatted("").length());
        socket.getOutputStream().write(textFrame(frame.formatted(header)));
        InputStream in = socket.getInputStream();
        in.readNBytes(1);
        in.readNBytes((in.read() == 126) ? 2 : 0);
        assertThat(new String(in.readNBytes(response.length()), StandardCharsets.US_ASCII)).isEqualTo(response);
    }

    private int cut() {
        return this.connections.getStats().getLimitExceededSessions();
    }

    private Subscriber subscriber() {
        Subscriber subscriber = connect(OWN_ORIGIN + this.port);
        subscriber.subscribe("/topic/jobs");
        awaitSubscription(subscriber);
        return subscriber;
    }

    /**
     * The broker confirms no SUBSCRIBE: what is published until something arrives may be
     * missed.
     */
    private void awaitSubscription(Subscriber subscriber) {
        String probe = UUID.randomUUID().toString();
        await().untilAsserted(() -> {
            this.feed.add(new JobUpdates(List.of(), List.of(probe)));
            assertThat(subscriber.deleted()).contains(probe);
        });
    }

    private Subscriber connect(String origin) {
        Subscriber subscriber = Subscriber.connect(this.port, origin, this.mapper);
        this.clients.add(subscriber);
        return subscriber;
    }

    private void silentSubscriber() throws IOException {
        OutputStream out = webSocket().getOutputStream();
        out.write(textFrame("CONNECT\naccept-version:1.2\nhost:localhost\n\n\0"));
        out.write(textFrame("SUBSCRIBE\nid:0\ndestination:/topic/jobs\n\n\0"));
        out.flush();
    }

    /** Open, with little room for what it receives. */
    private Socket webSocket() throws IOException {
        Socket socket = new Socket();
        this.clients.add(socket);
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress("localhost", this.port));
        socket.getOutputStream().write("""
                GET /ws HTTP/1.1\r
                Host: localhost:%d\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                Sec-WebSocket-Version: 13\r
                \r
                """.formatted(this.port).getBytes(StandardCharsets.US_ASCII));
        StringBuilder response = new StringBuilder();
        while (response.indexOf("\r\n\r\n") < 0) {
            response.append((char) socket.getInputStream().read());
        }
        assertThat(response).startsWith("HTTP/1.1 101");
        return socket;
    }

    /** As RFC 6455 has it, masked with zeros. */
    private static byte[] textFrame(String text) {
        byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(8 + payload.length)
            .put((byte) 0x81)
            .put((byte) (0x80 | 126))
            .putShort((short) payload.length)
            .putInt(0)
            .put(payload)
            .array();
    }

    private void sendFromAnotherInstance(String body) {
        this.rabbit.send(JobUpdatesExchange.NAME, "",
                MessageBuilder.withBody(body.getBytes(StandardCharsets.UTF_8)).setHeader("origin", "another").build());
    }

    private static JobView job(String id, String prompt) {
        return new JobView(id, JobRequest.of(prompt), JobStatus.PENDING, null, null, null, null, null, null,
                Instant.EPOCH, Instant.EPOCH, null, null, null, null, null, null, null, 1, 1, null, null, null, null);
    }

}
