package dev.jobprocessor.worker.broker;

import java.time.Duration;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Consumes a queue and subscribes again whenever the broker was away. When stopped it
 * takes nothing new, lets what is in hand finish, and only then closes its channel, which
 * gives back the rest. (Spring's listener containers close the channel at once, so that
 * what finishes later cannot be acknowledged and is done twice.)
 */
public final class QueueConsumer implements SmartLifecycle {

    private final Subscriber subscriber;

    private final Duration shutdownTimeout;

    private final Consumer<Delivery> handler;

    private volatile @Nullable Consumption consumption;

    QueueConsumer(Subscriber subscriber, Duration shutdownTimeout, Consumer<Delivery> handler) {
        this.subscriber = subscriber;
        this.shutdownTimeout = shutdownTimeout;
        this.handler = handler;
    }

    /** Whether messages can come right now. */
    public boolean isConsuming() {
        Consumption consumption = this.consumption;
        return consumption != null && consumption.isSubscribed();
    }

    /**
     * Whether it subscribes again whenever it must: false while it should is an error
     * that only a restart fixes.
     */
    public boolean isAlive() {
        Consumption consumption = this.consumption;
        return consumption == null || consumption.isAlive();
    }

    @Override
    public boolean isRunning() {
        return this.consumption != null;
    }

    @Override
    public void start() {
        this.consumption = new Consumption(this.subscriber, this.handler);
    }

    @Override
    public void stop() {
        Consumption consumption = this.consumption;
        if (consumption != null) {
            stop(consumption);
        }
        this.consumption = null;
    }

    private void stop(Consumption consumption) {
        try {
            consumption.stop(this.shutdownTimeout);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

}
