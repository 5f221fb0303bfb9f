package dev.jobprocessor.worker.broker;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A queue's consumer, for as long as its channel is open. */
final class ChannelConsumer {

    private static final Logger log = LoggerFactory.getLogger(ChannelConsumer.class);

    private static final int CANCEL_TIMEOUT_SECONDS = 10;

    private final Channel channel;

    private final Predicate<Delivery> start;

    private final Queue<Delivery> notStarted = new ConcurrentLinkedQueue<>();

    private final CompletableFuture<Integer> cancelled = new CompletableFuture<>();

    private final CompletableFuture<String> lost = new CompletableFuture<>();

    private final String tag;

    /**
     * Starts to consume.
     * @param start starts to handle a delivery without blocking, or returns false where
     * no more are accepted: such a delivery is requeued
     */
    ChannelConsumer(Channel channel, String queue, int prefetch, Predicate<Delivery> start) throws IOException {
        this.channel = channel;
        this.start = start;
        channel.basicQos(prefetch);
        this.tag = channel.basicConsume(queue, false, new Deliveries());
    }

    boolean isOpen() {
        return this.channel.isOpen() && !this.lost.isDone();
    }

    /** Waits until nothing can be delivered any more, and returns why. */
    String awaitLoss() throws InterruptedException {
        try {
            return this.lost.get();
        }
        catch (ExecutionException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /**
     * Stops deliveries; those in flight can still be acknowledged.
     * @return how many deliveries arrived too late and were requeued
     */
    int cancel() throws InterruptedException {
        try {
            this.channel.basicCancel(this.tag);
            return this.cancelled.get(CANCEL_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
        catch (IOException | AlreadyClosedException | ExecutionException | TimeoutException ex) {
            log.debug("The consumer could not be cancelled: closing its channel ends it", ex);
            return this.notStarted.size();
        }
    }

    /** Requeues whatever was not acknowledged. */
    void close() {
        try {
            this.channel.close();
        }
        catch (IOException | RuntimeException | TimeoutException ex) {
            log.debug("The channel was closed already", ex);
        }
    }

    private final class Deliveries extends DefaultConsumer {

        Deliveries() {
            super(ChannelConsumer.this.channel);
        }

        @Override
        public void handleDelivery(String consumerTag, Envelope envelope, AMQP.BasicProperties properties,
                byte[] body) {
            Delivery delivery = new Delivery(getChannel(), envelope.getDeliveryTag(), envelope.isRedeliver(),
                    properties, body);
            try {
                if (!ChannelConsumer.this.start.test(delivery)) {
                    ChannelConsumer.this.notStarted.add(delivery);
                }
            }
            catch (RuntimeException | Error ex) {
                log.error("A delivery could not be started: its channel is closed, so that it is redelivered", ex);
                ChannelConsumer.this.lost.complete(ex.toString());
            }
        }

        @Override
        public void handleCancelOk(String consumerTag) {
            // Not sooner: the broker could redeliver them here.
            ChannelConsumer.this.notStarted.forEach(Delivery::requeue);
            ChannelConsumer.this.cancelled.complete(ChannelConsumer.this.notStarted.size());
        }

        @Override
        public void handleCancel(String consumerTag) {
            ChannelConsumer.this.lost.complete("the broker cancelled the consumer");
        }

        @Override
        public void handleShutdownSignal(String consumerTag, ShutdownSignalException signal) {
            Throwable cause = (signal.getCause() != null) ? signal.getCause() : signal;
            ChannelConsumer.this.lost.complete(cause.toString());
        }

    }

}
