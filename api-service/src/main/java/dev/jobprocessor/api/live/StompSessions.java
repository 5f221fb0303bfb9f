package dev.jobprocessor.api.live;

import java.util.Objects;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.stereotype.Component;
import org.springframework.web.socket.config.WebSocketMessageBrokerStats;
import org.springframework.web.socket.messaging.SubProtocolWebSocketHandler.Stats;

/** Counts the connections of dashboards. */
@Component
class StompSessions {

    private final Stats sessions;

    StompSessions(WebSocketMessageBrokerStats broker, MeterRegistry registry) {
        this.sessions = Objects.requireNonNull(broker.getWebSocketSessionStats());
        Gauge.builder("stomp.sessions", this.sessions, Stats::getWebSocketSessions)
            .description("Open connections of dashboards")
            .register(registry);
        FunctionCounter.builder("stomp.sessions.opened", this.sessions, Stats::getTotalSessions)
            .description("Connections that were opened")
            .register(registry);
        FunctionCounter.builder("stomp.sessions.cut", this.sessions, StompSessions::cut)
            .description("Connections that were closed: too slow, lost, or without CONNECT")
            .register(registry);
    }

    private static double cut(Stats sessions) {
        return sessions.getLimitExceededSessions() + sessions.getTransportErrorSessions()
                + sessions.getNoMessagesReceivedSessions();
    }

}
