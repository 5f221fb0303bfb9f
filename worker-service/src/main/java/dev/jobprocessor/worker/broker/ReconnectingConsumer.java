package dev.jobprocessor.worker.broker;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

import com.rabbitmq.client.ShutdownSignalException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import org.springframework.amqp.AmqpException;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Consumes a queue from a start to a stop, over one channel after another.
 */
final class ReconnectingConsumer {

    private static final Logger log = LoggerFactory.getLogger(ReconnectingConsumer.class);

    private static final Duration MIN_BACKOFF = Duration.ofSeconds(1);

    private static final Duration MAX_BACKOFF = Duration.ofSeconds(10);

    /**
     * In which a quorum queue applies what was acknowledged. Of more than 32
     * acknowledgements at once ({@code quorum_commands_soft_limit}) it keeps the rest
     * back, and forgets them if their channel closes: what is done would be redelivered.
     */
    private static final Duration ACKNOWLEDGING = Duration.ofSeconds(1);

    private final ConsumerChannels channels;

    private final IntSupplier stopWaiting;

    private final InFlightDeliveries inFlight;

    private final RepeatingThread thread;

    private volatile @Nullable ChannelConsumer consumer;

    private volatile boolean paused;

    private volatile boolean lost;

    /**
     * @param stopWaiting requeues deliveries that have not begun, and returns how many
     * @param paused whether it begins paused
     */
    ReconnectingConsumer(ConsumerChannels channels, Consumer<Delivery> handler, IntSupplier stopWaiting,
            boolean paused) {
        this.channels = channels;
        this.stopWaiting = stopWaiting;
        this.paused = paused;
        this.inFlight = new InFlightDeliveries(channels.queue(), channels.prefetch(), handler);
        this.thread = new RepeatingThread("consume-" + channels.queue(), this::consume);
    }

    /** Also true while it is paused, and would be if it were not. */
    boolean isConsuming() {
        ChannelConsumer consumer = this.consumer;
        return consumer != null && consumer.isOpen() && this.inFlight.isAccepting();
    }

    boolean isAlive() {
        return this.thread.isAlive();
    }

    /** Stops or resumes deliveries; those in flight finish in any case. */
    void setPaused(boolean paused) throws InterruptedException {
        boolean changed = this.paused != paused;
        this.paused = paused;
        if (changed) {
            log.info(paused ? "Paused: no longer consuming {}" : "Resumed: consuming {}", queue());
        }
        ChannelConsumer consumer = this.consumer;
        if (consumer != null && consumer.isOpen()) {
            follow(consumer);
        }
    }

    private void follow(ChannelConsumer consumer) throws InterruptedException {
        try {
            if (this.paused) {
                consumer.cancel();
            }
            else if (this.inFlight.isAccepting()) {
                consumer.subscribe();
            }
        }
        catch (IOException | ShutdownSignalException ex) {
            log.debug("The channel was closed, another one follows", ex);
        }
    }

    /**
     * Stops deliveries, waits for those in flight and requeues the rest.
     * @param timeout how long to wait
     */
    void stop(Duration timeout) throws InterruptedException {
        this.inFlight.stopAccepting();
        this.thread.stop();
        this.thread.join(MAX_BACKOFF);
        ChannelConsumer consumer = this.consumer;
        int notStarted = (consumer != null) ? consumer.cancel() : 0;
        int inFlight = this.inFlight.count();
        int waiting = this.stopWaiting.getAsInt();
        int started = inFlight - waiting;
        log.info("Stopping to consume {}: {} in flight may take {} s to finish, {} not started were requeued", queue(),
                started, timeout.toSeconds(), notStarted + waiting);
        int unfinished = this.inFlight.awaitCompletion(timeout);
        if (started > unfinished) {
            Thread.sleep(ACKNOWLEDGING);
        }
        if (consumer != null) {
            consumer.close();
        }
        log.info("Stopped consuming {}: {} finished, {} were requeued", queue(), started - unfinished, unfinished);
    }

    private void consume() throws InterruptedException {
        ChannelConsumer consumer = connect(this.lost);
        if (this.paused) {
            follow(consumer); // it was paused since
        }
        log.info("Consuming {}, up to {} at once{}", queue(), this.channels.prefetch(), this.paused ? ": paused" : "");
        String reason = consumer.awaitLoss();
        this.lost = true;
        log.warn("No longer consuming {}, retrying: {}", queue(), reason);
        consumer.close();
        Thread.sleep(MIN_BACKOFF);
    }

    private ChannelConsumer connect(boolean reported) throws InterruptedException {
        BackOffExecution backOff = backOff();
        boolean quiet = reported;
        while (true) {
            try {
                return consumer();
            }
            catch (IOException | ShutdownSignalException | AmqpException ex) {
                log.atLevel(quiet ? Level.DEBUG : Level.WARN)
                    .log("Cannot consume {}, retrying: {}", queue(), ex.toString());
                quiet = true;
            }
            Thread.sleep(backOff.nextBackOff());
        }
    }

    private ChannelConsumer consumer() throws IOException {
        ChannelConsumer consumer = this.channels.open(this::start);
        this.consumer = consumer;
        if (!this.paused) {
            consumer.subscribe();
        }
        return consumer;
    }

    /** What arrives before a pause is confirmed is requeued. */
    private boolean start(Delivery delivery) {
        return !this.paused && this.inFlight.start(delivery);
    }

    private String queue() {
        return this.channels.queue();
    }

    private static BackOffExecution backOff() {
        ExponentialBackOff backOff = new ExponentialBackOff(MIN_BACKOFF.toMillis(), 2);
        backOff.setMaxInterval(MAX_BACKOFF.toMillis());
        return backOff.start();
    }

}
