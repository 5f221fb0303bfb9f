package dev.jobprocessor.api.audit;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Map;

import dev.jobprocessor.api.audit.AuditEntry.Outcome;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketTransportRegistration;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;

/**
 * Enters in the audit log which frames of a WebSocket were refused for their credential.
 * Registered before what refuses them, as only then it learns how a frame ended.
 */
@Configuration(proxyBeanMethods = false)
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class AuditedFrames implements WebSocketMessageBrokerConfigurer, ChannelInterceptor {

    private static final String CLIENT = Client.class.getName();

    private final AuditLog log;

    private final Clock clock;

    AuditedFrames(AuditLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    @Override
    public void configureWebSocketTransport(WebSocketTransportRegistration transport) {
        transport.addDecoratorFactory(KnownClient::new);
    }

    @Override
    public void configureClientInboundChannel(ChannelRegistration inbound) {
        inbound.interceptors(this);
    }

    @Override
    public void afterSendCompletion(Message<?> message, MessageChannel channel, boolean sent, @Nullable Exception ex) {
        HttpStatus refusal = (ex != null) ? refusal(ex.getCause()) : null;
        StompHeaderAccessor frame = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
        if (refusal != null && frame != null) {
            this.log.add(entry(frame, refusal));
        }
    }

    private static @Nullable HttpStatus refusal(@Nullable Throwable cause) {
        return switch (cause) {
            case AuthenticationException credential -> HttpStatus.UNAUTHORIZED;
            case AccessDeniedException role -> HttpStatus.FORBIDDEN;
            case null, default -> null;
        };
    }

    private AuditEntry entry(StompHeaderAccessor frame, HttpStatus refusal) {
        Authentication caller = (frame.getUser() instanceof Authentication known) ? known : null;
        Map<String, Object> attributes = frame.getSessionAttributes();
        Client client = (attributes != null && attributes.get(CLIENT) instanceof Client known) ? known : Client.UNKNOWN;
        return AuditEntry.of(this.clock.instant(), caller, "STOMP " + frame.getMessageType(), frame.getDestination(),
                refusal.value(), Outcome.REFUSED, client.address(), client.userAgent(), null);
    }

    private record Client(@Nullable String address, @Nullable String userAgent) {

        static final Client UNKNOWN = new Client(null, null);

        static Client of(WebSocketSession session) {
            InetSocketAddress address = session.getRemoteAddress();
            return new Client((address != null) ? address.getHostString() : null,
                    session.getHandshakeHeaders().getFirst(HttpHeaders.USER_AGENT));
        }

    }

    /** Keeps of a handshake what frames do not have. */
    private static final class KnownClient extends WebSocketHandlerDecorator {

        KnownClient(WebSocketHandler frames) {
            super(frames);
        }

        @Override
        public void afterConnectionEstablished(WebSocketSession session) throws Exception {
            session.getAttributes().put(CLIENT, Client.of(session));
            super.afterConnectionEstablished(session);
        }

    }

}
