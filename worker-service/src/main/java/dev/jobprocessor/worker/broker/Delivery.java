package dev.jobprocessor.worker.broker;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One delivery of a message. Settling it after its channel was closed does nothing: the
 * broker redelivers the message.
 */
final class Delivery {

    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    /** Header of a requeued message, which may have been handled in part before. */
    static final String REDELIVERED = "redelivered";

    private final Channel channel;

    private final long tag;

    private final boolean redelivered;

    private final AMQP.BasicProperties properties;

    private final byte[] body;

    Delivery(Channel channel, long tag, boolean redelivered, AMQP.BasicProperties properties, byte[] body) {
        this.channel = channel;
        this.tag = tag;
        this.redelivered = redelivered;
        this.properties = properties;
        this.body = body;
    }

    /** Whether this message may have been handled in part before. */
    boolean isRedelivered() {
        return this.redelivered || headers().containsKey(REDELIVERED);
    }

    boolean isOpen() {
        return this.channel.isOpen();
    }

    @Nullable String header(String name) {
        return Objects.toString(headers().get(name), null);
    }

    private Map<String, Object> headers() {
        return Objects.requireNonNullElse(this.properties.getHeaders(), Map.of());
    }

    /** As it was published. */
    int priority() {
        return Objects.requireNonNullElse(this.properties.getPriority(), 0);
    }

    byte[] body() {
        return this.body;
    }

    /** Returns false where the channel is closed. */
    boolean acknowledge() {
        return settle(() -> this.channel.basicAck(this.tag, false));
    }

    void requeue() {
        settle(() -> this.channel.basicNack(this.tag, false, true));
    }

    /** Has the broker dead-letter it. */
    void reject() {
        settle(() -> this.channel.basicReject(this.tag, false));
    }

    private boolean settle(Settlement settlement) {
        try {
            settlement.send();
            return true;
        }
        catch (IOException | AlreadyClosedException ex) {
            log.debug("The channel of this delivery is closed: the broker redelivers the message", ex);
            return false;
        }
    }

    private interface Settlement {

        void send() throws IOException;

    }

}
