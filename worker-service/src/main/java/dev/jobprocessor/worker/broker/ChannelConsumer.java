package dev.jobprocessor.worker.broker;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue's consumer, for as long as its channel is open. It may be cancelled and
 * subscribe again, while deliveries are in flight.
 */
final class ChannelConsumer {

    private static final Logger log = LoggerFactory.getLogger(ChannelConsumer.class);

    private static final int CANCEL_TIMEOUT_SECONDS = 10;

    /**
     * Longer than an attempt may take. RabbitMQ regards it from 4.3 on; for older ones
     * its own consumer_timeout has to be set.
     */
    private static final Map<String, Object> ARGUMENTS = Map.of("x-consumer-timeout",
            (int) Duration.ofHours(25).toMillis());

    private final Channel channel;

    private final String queue;

    private final Predicate<Delivery> start;

    private final CompletableFuture<String> lost = new CompletableFuture<>();

    private @Nullable Deliveries subscription;

    /**
     * @param start starts to handle a delivery without blocking, or returns false where
     * no more are accepted: such a delivery is requeued
     */
    ChannelConsumer(Channel channel, String queue, int prefetch, Predicate<Delivery> start) throws IOException {
        this.channel = channel;
        this.queue = queue;
        this.start = start;
        channel.basicQos(prefetch);
    }

    /** Starts deliveries, unless they have started. */
    synchronized void subscribe() throws IOException {
        if (this.subscription == null) {
            Deliveries deliveries = new Deliveries();
            deliveries.tag = this.channel.basicConsume(this.queue, false, ARGUMENTS, deliveries);
            this.subscription = deliveries;
        }
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
    synchronized int cancel() throws InterruptedException {
        Deliveries deliveries = this.subscription;
        this.subscription = null;
        return (deliveries != null) ? deliveries.cancel() : 0;
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

        private final Queue<Delivery> notStarted = new ConcurrentLinkedQueue<>();

        private final CompletableFuture<Integer> cancelled = new CompletableFuture<>();

        private @Nullable String tag;

        Deliveries() {
            super(ChannelConsumer.this.channel);
        }

        int cancel() throws InterruptedException {
            try {
                getChannel().basicCancel(this.tag);
                return this.cancelled.get(CANCEL_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            }
            catch (IOException | AlreadyClosedException | ExecutionException | TimeoutException ex) {
                log.debug("The consumer could not be cancelled: closing its channel ends it", ex);
                return this.notStarted.size();
            }
        }

        @Override
        public void handleDelivery(String consumerTag, Envelope envelope, AMQP.BasicProperties properties,
                byte[] body) {
            Delivery delivery = new Delivery(getChannel(), envelope.getDeliveryTag(), envelope.isRedeliver(),
                    properties, body);
            try {
                if (!ChannelConsumer.this.start.test(delivery)) {
                    this.notStarted.add(delivery);
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
            this.notStarted.forEach(Delivery::requeue);
            this.cancelled.complete(this.notStarted.size());
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
