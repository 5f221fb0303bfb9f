package dev.jobprocessor.api.access;

import java.security.Principal;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageDeliveryException;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/**
 * Authenticates STOMP's CONNECT by its header {@code Authorization}, as an HTTP call,
 * unless the handshake was authenticated, and asks again with each heartbeat. Subscribers
 * see all jobs, as viewers do.
 */
@Configuration(proxyBeanMethods = false)
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class StompAccess implements WebSocketMessageBrokerConfigurer, ChannelInterceptor {

    private static final String SCHEME = "Bearer ";

    private final AccessSettings settings;

    private final AuthenticationManager tokens;

    private final LiveCredentials credentials;

    StompAccess(AccessSettings settings, AuthenticationManager tokens, LiveCredentials credentials) {
        this.settings = settings;
        this.tokens = tokens;
        this.credentials = credentials;
    }

    @Override
    public void configureClientInboundChannel(ChannelRegistration inbound) {
        if (this.settings.mode() == AccessMode.REQUIRED) {
            inbound.interceptors(this);
        }
    }

    @Override
    public Message<?> preSend(Message<?> message, MessageChannel channel) {
        StompHeaderAccessor frame = Objects
            .requireNonNull(MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class));
        if (frame.getMessageType() == SimpMessageType.CONNECT && frame.getUser() == null) {
            frame.setUser(authenticate(message, frame.getFirstNativeHeader(HttpHeaders.AUTHORIZATION)));
        }
        else if (frame.getMessageType() == SimpMessageType.SUBSCRIBE && !isViewer(frame.getUser())) {
            String text = "The credential does not allow this subscription.";
            throw new MessageDeliveryException(message, text, new AccessDeniedException(text));
        }
        else if (frame.getMessageType() == SimpMessageType.HEARTBEAT && !this.credentials.areValid(frame.getUser())) {
            throw refusal(message, "The credential is not valid any more.");
        }
        return message;
    }

    private Authentication authenticate(Message<?> message, @Nullable String authorization) {
        if (authorization == null || !authorization.startsWith(SCHEME)) {
            throw refusal(message, "CONNECT needs a credential: the header Authorization, Bearer with an API key.");
        }
        try {
            return this.tokens
                .authenticate(new BearerTokenAuthenticationToken(authorization.substring(SCHEME.length())));
        }
        catch (AuthenticationException | IllegalArgumentException ex) {
            throw new MessageDeliveryException(message, "The credential is not valid.", ex);
        }
    }

    /** Its cause is read by the audit log. */
    private static MessageDeliveryException refusal(Message<?> message, String text) {
        return new MessageDeliveryException(message, text, new BadCredentialsException(text));
    }

    private static boolean isViewer(@Nullable Principal user) {
        return user instanceof Authentication viewer && viewer.getAuthorities().contains(Role.VIEWER.authority());
    }

}
