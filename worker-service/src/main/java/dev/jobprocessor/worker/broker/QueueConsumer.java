package dev.jobprocessor.worker.broker;

import java.time.Duration;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Consumes a queue while the service runs. A stop accepts no more deliveries, waits for
 * those in flight that have begun and only then closes the channel, which requeues the
 * rest. (Spring's listener containers close the channel at once, so that work that
 * finishes later cannot be acknowledged and is done twice.)
 */
public final class QueueConsumer implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(QueueConsumer.class);

    private final ConsumerChannels channels;

    private final Duration shutdownTimeout;

    private final Consumer<Delivery> handler;

    private final JobMessageHandler<?> waiting;

    private volatile @Nullable ReconnectingConsumer consumer;

    private volatile boolean paused;

    QueueConsumer(ConsumerChannels channels, Duration shutdownTimeout, Consumer<Delivery> handler,
            JobMessageHandler<?> waiting) {
        this.channels = channels;
        this.shutdownTimeout = shutdownTimeout;
        this.handler = handler;
        this.waiting = waiting;
    }

    /** Whether messages are delivered right now, or would be unless it were paused. */
    public boolean isConsuming() {
        ReconnectingConsumer consumer = this.consumer;
        return consumer != null && consumer.isConsuming();
    }

    /**
     * Whether it reconnects whenever it must: false while it should is an error that only
     * a restart fixes.
     */
    public boolean isAlive() {
        ReconnectingConsumer consumer = this.consumer;
        return consumer == null || consumer.isAlive();
    }

    /**
     * Starts no more work, or starts it again, whatever is delivered meanwhile. What has
     * not begun is requeued.
     */
    public void setDrained(boolean drained) {
        if (!drained) {
            this.waiting.start();
        }
        else if (this.waiting.stop() > 0) {
            log.info("Drained: requeued what had not begun of {}", this.channels.queue());
        }
    }

    /** Stops or resumes deliveries; those in flight finish in any case. */
    public void setPaused(boolean paused) throws InterruptedException {
        this.paused = paused;
        ReconnectingConsumer consumer = this.consumer;
        if (consumer != null) {
            consumer.setPaused(paused);
        }
    }

    @Override
    public boolean isRunning() {
        return this.consumer != null;
    }

    @Override
    public void start() {
        this.consumer = new ReconnectingConsumer(this.channels, this.handler, this.waiting::stop, this.paused);
    }

    @Override
    public void stop() {
        ReconnectingConsumer consumer = this.consumer;
        if (consumer != null) {
            stop(consumer);
        }
        this.consumer = null;
    }

    private void stop(ReconnectingConsumer consumer) {
        try {
            consumer.stop(this.shutdownTimeout);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

}
