package dev.jobprocessor.api.live;

import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageDeliveryException;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.support.ChannelInterceptor;

/**
 * Allows clients one subscription to the jobs on each connection, and nothing else; any
 * other frame is refused with an ERROR frame and closes the connection.
 */
class SubscribersOnly implements ChannelInterceptor {

    private static final Set<SimpMessageType> HARMLESS = Set.of(SimpMessageType.CONNECT, SimpMessageType.HEARTBEAT,
            SimpMessageType.DISCONNECT);

    private static final String SUBSCRIBED = SubscribersOnly.class.getName();

    @Override
    public Message<?> preSend(Message<?> message, MessageChannel channel) {
        SimpMessageType type = SimpMessageHeaderAccessor.getMessageType(message.getHeaders());
        if (type == SimpMessageType.SUBSCRIBE) {
            subscribe(message);
        }
        else if (type == SimpMessageType.UNSUBSCRIBE) {
            session(message).remove(SUBSCRIBED);
        }
        else if (type == null || !HARMLESS.contains(type)) {
            throw new MessageDeliveryException(message, "Clients may only subscribe here.");
        }
        return message;
    }

    private static void subscribe(Message<?> message) {
        String destination = SimpMessageHeaderAccessor.getDestination(message.getHeaders());
        if (!JobFeed.TOPIC.equals(destination)) {
            throw new MessageDeliveryException(message, "There is nothing at %s.".formatted(destination));
        }
        if (session(message).putIfAbsent(SUBSCRIBED, true) != null) {
            throw new MessageDeliveryException(message, "This connection has its subscription.");
        }
    }

    private static Map<String, Object> session(Message<?> message) {
        return Objects.requireNonNull(SimpMessageHeaderAccessor.getSessionAttributes(message.getHeaders()));
    }

}
