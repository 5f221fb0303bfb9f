package dev.jobprocessor.worker.broker;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

import com.rabbitmq.client.ShutdownSignalException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import org.springframework.amqp.AmqpException;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * A queue's consumption from a start to a stop, over as many subscriptions as it takes.
 */
final class Consumption {

    private static final Logger log = LoggerFactory.getLogger(Consumption.class);

    private static final Duration MIN_WAIT = Duration.ofSeconds(1);

    private static final Duration MAX_WAIT = Duration.ofSeconds(10);

    private final Subscriber subscriber;

    private final DeliveriesInHand inHand;

    private final RepeatingThread keeper;

    private volatile @Nullable Subscription subscription;

    private volatile boolean lost;

    Consumption(Subscriber subscriber, Consumer<Delivery> handler) {
        this.subscriber = subscriber;
        this.inHand = new DeliveriesInHand(subscriber.queue(), handler);
        this.keeper = new RepeatingThread("consume-" + subscriber.queue(), this::keepSubscribed);
    }

    boolean isSubscribed() {
        Subscription subscription = this.subscription;
        return subscription != null && subscription.isOpen() && this.inHand.takesMore();
    }

    boolean isAlive() {
        return this.keeper.isAlive();
    }

    /**
     * Stops deliveries, waits for what is in hand and gives back the rest.
     * @param timeout how long to wait
     */
    void stop(Duration timeout) throws InterruptedException {
        this.inHand.beginNoMore();
        this.keeper.stop();
        this.keeper.join(MAX_WAIT);
        Subscription subscription = this.subscription;
        int notBegun = (subscription != null) ? subscription.cancel() : 0;
        int begun = this.inHand.count();
        log.info("Stopping to consume {}: {} in hand may take {} s to finish, {} not begun were given back", queue(),
                begun, timeout.toSeconds(), notBegun);
        int unfinished = this.inHand.finish(timeout);
        if (subscription != null) {
            subscription.close();
        }
        log.info("Stopped consuming {}: {} finished, {} were given back", queue(), begun - unfinished, unfinished);
    }

    private void keepSubscribed() throws InterruptedException {
        Subscription subscription = subscribe(this.lost);
        this.subscription = subscription;
        log.info("Consuming {}, up to {} at once", queue(), this.subscriber.prefetch());
        String reason = subscription.awaitLoss();
        this.lost = true;
        log.warn("No longer consuming {}, trying again until it works: {}", queue(), reason);
        subscription.close();
        Thread.sleep(MIN_WAIT);
    }

    private Subscription subscribe(boolean told) throws InterruptedException {
        BackOffExecution waits = waits();
        boolean quiet = told;
        while (true) {
            try {
                return this.subscriber.subscribe(this.inHand::begin);
            }
            catch (IOException | ShutdownSignalException | AmqpException ex) {
                log.atLevel(quiet ? Level.DEBUG : Level.WARN)
                    .log("Cannot consume {}, trying again until it works: {}", queue(), ex.toString());
                quiet = true;
            }
            Thread.sleep(waits.nextBackOff());
        }
    }

    private String queue() {
        return this.subscriber.queue();
    }

    private static BackOffExecution waits() {
        ExponentialBackOff backOff = new ExponentialBackOff(MIN_WAIT.toMillis(), 2);
        backOff.setMaxInterval(MAX_WAIT.toMillis());
        return backOff.start();
    }

}
