package dev.jobprocessor.worker.broker;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
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

/** A queue's consumer for as long as its channel lives. */
final class Subscription {

    private static final Logger log = LoggerFactory.getLogger(Subscription.class);

    private static final int CANCEL_TIMEOUT_SECONDS = 10;

    private final Channel channel;

    private final Predicate<Delivery> begin;

    private final Queue<Delivery> notBegun = new ConcurrentLinkedQueue<>();

    private final CompletableFuture<Integer> cancelled = new CompletableFuture<>();

    private final CompletableFuture<String> lost = new CompletableFuture<>();

    private final String tag;

    /**
     * Starts to consume.
     * @param begin begins to handle a delivery without blocking, or answers false where
     * nothing more is begun: such a delivery is given back
     */
    Subscription(Channel channel, String queue, int prefetch, Predicate<Delivery> begin) throws IOException {
        this.channel = channel;
        this.begin = begin;
        channel.basicQos(prefetch);
        this.tag = channel.basicConsume(queue, false, new Deliveries());
    }

    boolean isOpen() {
        return this.channel.isOpen() && !this.lost.isDone();
    }

    /** Waits until nothing can come any more, and says why. */
    String awaitLoss() throws InterruptedException {
        try {
            return this.lost.get();
        }
        catch (ExecutionException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /**
     * Stops deliveries; what is in hand can still be acknowledged.
     * @return how many deliveries came too late and were given back
     */
    int cancel() throws InterruptedException {
        try {
            this.channel.basicCancel(this.tag);
            return this.cancelled.get(CANCEL_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
        catch (IOException | AlreadyClosedException | ExecutionException | TimeoutException ex) {
            log.debug("The consumer could not be cancelled: closing its channel ends it", ex);
            return this.notBegun.size();
        }
    }

    /** Gives back whatever was not acknowledged. */
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
            super(Subscription.this.channel);
        }

        @Override
        public void handleDelivery(String consumerTag, Envelope envelope, AMQP.BasicProperties properties,
                byte[] body) {
            Delivery delivery = new Delivery(getChannel(), envelope.getDeliveryTag(), envelope.isRedeliver(),
                    headers(properties), body);
            try {
                if (!Subscription.this.begin.test(delivery)) {
                    Subscription.this.notBegun.add(delivery);
                }
            }
            catch (RuntimeException | Error ex) {
                log.error("A delivery could not be begun: its channel is closed, so that it is delivered again", ex);
                Subscription.this.lost.complete(ex.toString());
            }
        }

        private static Map<String, Object> headers(AMQP.BasicProperties properties) {
            return Objects.requireNonNullElse(properties.getHeaders(), Map.of());
        }

        @Override
        public void handleCancelOk(String consumerTag) {
            // Not sooner: the broker could deliver them here again.
            Subscription.this.notBegun.forEach(Delivery::giveBack);
            Subscription.this.cancelled.complete(Subscription.this.notBegun.size());
        }

        @Override
        public void handleCancel(String consumerTag) {
            Subscription.this.lost.complete("the broker cancelled the consumer");
        }

        @Override
        public void handleShutdownSignal(String consumerTag, ShutdownSignalException signal) {
            Throwable cause = (signal.getCause() != null) ? signal.getCause() : signal;
            Subscription.this.lost.complete(cause.toString());
        }

    }

}
