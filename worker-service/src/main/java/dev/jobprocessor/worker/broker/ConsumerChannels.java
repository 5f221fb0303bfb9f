package dev.jobprocessor.worker.broker;

import java.io.IOException;
import java.util.function.Predicate;

import com.rabbitmq.client.Channel;

import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/** Opens the channels that consume one queue. */
record ConsumerChannels(ConnectionFactory connections, AmqpAdmin admin, String queue, int prefetch) {

    /**
     * Declares what is missing on the broker and opens a channel to consume on.
     * @throws org.springframework.amqp.AmqpException if there is no connection
     * @throws com.rabbitmq.client.AlreadyClosedException if the connection closed
     * meanwhile
     */
    ChannelConsumer open(Predicate<Delivery> start) throws IOException {
        this.admin.initialize();
        return new ChannelConsumer(channel(), this.queue, this.prefetch, start);
    }

    /**
     * A channel of the client itself: Spring's proxies reopen a closed channel, where the
     * delivery tag of an acknowledgement would be another delivery's.
     */
    private Channel channel() throws IOException {
        Channel channel = this.connections.createConnection().getDelegate().createChannel();
        if (channel == null) {
            throw new IOException("the connection has no channel left");
        }
        return channel;
    }

}
