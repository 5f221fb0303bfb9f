package dev.jobprocessor.api.live;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.jobs.JobView;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.WebSocketContainer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.messaging.simp.stomp.StompFrameHandler;
import org.springframework.messaging.simp.stomp.StompHeaders;
import org.springframework.messaging.simp.stomp.StompSession;
import org.springframework.messaging.simp.stomp.StompSessionHandlerAdapter;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;
import org.springframework.web.socket.messaging.WebSocketStompClient;

/** A dashboard that follows the jobs. */
final class Subscriber implements StompFrameHandler, AutoCloseable {

    private static final int MAX_FRAME = 4 * 1024 * 1024;

    private final WebSocketStompClient client = new WebSocketStompClient(new StandardWebSocketClient(container()));

    private final Map<String, JobStatus> statuses = new ConcurrentHashMap<>();

    private final Set<String> deleted = ConcurrentHashMap.newKeySet();

    private final JsonMapper mapper;

    private final StompSession session;

    private Subscriber(int port, String origin, JsonMapper mapper) {
        this.mapper = mapper;
        this.client.setInboundMessageSizeLimit(MAX_FRAME);
        WebSocketHttpHeaders headers = new WebSocketHttpHeaders();
        headers.set(HttpHeaders.ORIGIN, origin);
        this.session = this.client.connectAsync("ws://localhost:" + port + WebSocketConfiguration.PATH, headers,
                new StompSessionHandlerAdapter() {
                })
            .join();
    }

    static Subscriber connect(int port, String origin, JsonMapper mapper) {
        return new Subscriber(port, origin, mapper);
    }

    private static WebSocketContainer container() {
        WebSocketContainer container = ContainerProvider.getWebSocketContainer();
        container.setDefaultMaxTextMessageBufferSize(MAX_FRAME);
        return container;
    }

    void subscribe(String destination) {
        this.session.subscribe(destination, this);
    }

    void send(String destination, String body) {
        this.session.send(destination, body.getBytes(StandardCharsets.UTF_8));
    }

    boolean isConnected() {
        return this.session.isConnected();
    }

    @Nullable JobStatus statusOf(String id) {
        return this.statuses.get(id);
    }

    Set<String> deleted() {
        return this.deleted;
    }

    @Override
    public Type getPayloadType(StompHeaders headers) {
        return byte[].class;
    }

    @Override
    public void handleFrame(StompHeaders headers, @Nullable Object payload) {
        JobUpdates updates = this.mapper.readValue((byte[]) payload, JobUpdates.class);
        for (JobView job : updates.jobs()) {
            this.statuses.put(job.id(), job.status());
        }
        this.deleted.addAll(updates.deleted());
    }

    @Override
    public void close() {
        this.client.stop();
        if (this.session.isConnected()) {
            this.session.disconnect();
        }
    }

}
