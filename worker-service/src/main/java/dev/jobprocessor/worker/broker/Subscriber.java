package dev.jobprocessor.worker.broker;

import java.io.IOException;
import java.util.function.Predicate;

import com.rabbitmq.client.Channel;

import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/** Subscribes to one queue. */
record Subscriber(ConnectionFactory connections, AmqpAdmin admin, String queue, int prefetch) {

    /**
     * Declares what is missing on the broker and starts to consume.
     * @throws org.springframework.amqp.AmqpException if there is no connection
     * @throws com.rabbitmq.client.AlreadyClosedException if it broke meanwhile
     */
    Subscription subscribe(Predicate<Delivery> begin) throws IOException {
        this.admin.initialize();
        return new Subscription(channel(), this.queue, this.prefetch, begin);
    }

    /**
     * A channel of our own: Spring's proxies reopen a broken one, so that an
     * acknowledgement would hit another.
     */
    private Channel channel() throws IOException {
        Channel channel = this.connections.createConnection().getDelegate().createChannel();
        if (channel == null) {
            throw new IOException("the connection has no channel left");
        }
        return channel;
    }

}
