package dev.jobprocessor.worker.broker;

import java.io.IOException;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One delivery of a message. Settling it after its channel has died does nothing: the
 * broker delivers the message again.
 */
final class Delivery {

    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    private final Channel channel;

    private final long tag;

    private final byte[] body;

    Delivery(Channel channel, long tag, byte[] body) {
        this.channel = channel;
        this.tag = tag;
        this.body = body;
    }

    byte[] body() {
        return this.body;
    }

    void acknowledge() {
        settle(() -> this.channel.basicAck(this.tag, false));
    }

    void giveBack() {
        settle(() -> this.channel.basicNack(this.tag, false, true));
    }

    /** Neither acknowledges nor gives back: the closing of the channel will do that. */
    void leave() {
        log.debug("Delivery {} is left to its channel", this.tag);
    }

    /** Has the broker dead-letter it. */
    void reject() {
        settle(() -> this.channel.basicReject(this.tag, false));
    }

    private void settle(Settlement settlement) {
        try {
            settlement.send();
        }
        catch (IOException | AlreadyClosedException ex) {
            log.debug("The channel of this delivery is gone: the broker delivers the message again", ex);
        }
    }

    private interface Settlement {

        void send() throws IOException;

    }

}
