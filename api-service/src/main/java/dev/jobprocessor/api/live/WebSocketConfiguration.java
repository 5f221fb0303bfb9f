package dev.jobprocessor.api.live;

import java.time.Duration;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketTransportRegistration;
import org.springframework.web.socket.server.standard.StandardWebSocketUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/**
 * STOMP over WebSocket at {@value #PATH}. A subscriber that does not read is disconnected
 * after {@link #SEND_TIME}, or once more waits for it than {@link SocketSettings} allows.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSocketMessageBroker
@Order(Ordered.HIGHEST_PRECEDENCE)
class WebSocketConfiguration implements WebSocketMessageBrokerConfigurer {

    static final String PATH = "/ws";

    static final Duration SEND_TIME = Duration.ofSeconds(5);

    private static final int RECEIVED_BYTES = 8 * 1024;

    private static final Duration FIRST_MESSAGE = Duration.ofSeconds(10);

    private static final long HEARTBEAT = Duration.ofSeconds(10).toMillis();

    private final TaskScheduler heartbeats;

    private final SocketLimit limit;

    private final SocketSettings settings;

    private final MeterRegistry meters;

    /**
     * A scheduler of its own, so that heartbeats wait for no other task; this
     * configuration creates it.
     */
    WebSocketConfiguration(@Lazy @Qualifier("messageBrokerTaskScheduler") TaskScheduler heartbeats, SocketLimit limit,
            SocketSettings settings, MeterRegistry meters) {
        this.heartbeats = heartbeats;
        this.limit = limit;
        this.settings = settings;
        this.meters = meters;
    }

    /**
     * The CORS filter has refused other origins before: it sees handshakes as well. By
     * the standard's API alone, a time limit can be set for what is sent.
     */
    @Override
    public void registerStompEndpoints(StompEndpointRegistry endpoints) {
        endpoints.addEndpoint(PATH)
            .setHandshakeHandler(new DefaultHandshakeHandler(new StandardWebSocketUpgradeStrategy()))
            .setAllowedOriginPatterns("*")
            .addInterceptors(new HandshakesOnly(), this.limit);
    }

    @Override
    public void configureMessageBroker(MessageBrokerRegistry registry) {
        registry.setPreservePublishOrder(true);
        registry.enableSimpleBroker(JobFeed.TOPIC)
            .setTaskScheduler(this.heartbeats)
            .setHeartbeatValue(new long[] { HEARTBEAT, HEARTBEAT });
    }

    @Override
    public void configureWebSocketTransport(WebSocketTransportRegistration transport) {
        transport.setSendTimeLimit((int) SEND_TIME.toMillis())
            .setSendBufferSizeLimit(this.settings.sendBufferBytes())
            .addDecoratorFactory(this.limit)
            .setMessageSizeLimit(RECEIVED_BYTES)
            .setTimeToFirstMessage((int) FIRST_MESSAGE.toMillis());
    }

    @Override
    public void configureClientInboundChannel(ChannelRegistration inbound) {
        inbound.executor(new VirtualThreadTaskExecutor("stomp-in-"))
            .interceptors(new RefusedFrames(counter("stomp.frames.refused", "Frames that were refused")),
                    new SubscribersOnly(), frames("stomp.frames.received", "Frames from dashboards"));
    }

    /** A thread for each, so that a slow subscriber delays no other. */
    @Override
    public void configureClientOutboundChannel(ChannelRegistration outbound) {
        outbound.executor(new VirtualThreadTaskExecutor("stomp-out-"))
            .interceptors(frames("stomp.frames.sent", "Frames to dashboards, one a subscriber"));
    }

    private FrameCounter frames(String name, String description) {
        return new FrameCounter(counter(name, description));
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(this.meters);
    }

}
