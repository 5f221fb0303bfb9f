package dev.jobprocessor.worker.broker;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The deliveries being handled, each on a virtual thread of its own. */
final class DeliveriesInHand {

    private static final Logger log = LoggerFactory.getLogger(DeliveriesInHand.class);

    private static final Duration ABANDON_TIMEOUT = Duration.ofSeconds(2);

    private final Consumer<Delivery> handler;

    private final ExecutorService threads;

    private final AtomicInteger count = new AtomicInteger();

    DeliveriesInHand(String name, Consumer<Delivery> handler) {
        this.handler = handler;
        this.threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 1).factory());
    }

    /** Begins to handle a delivery, or answers false: nothing more is begun. */
    boolean begin(Delivery delivery) {
        this.count.incrementAndGet();
        try {
            this.threads.execute(() -> handle(delivery));
            return true;
        }
        catch (RejectedExecutionException ex) {
            this.count.decrementAndGet();
            return false;
        }
    }

    private void handle(Delivery delivery) {
        try {
            this.handler.accept(delivery);
        }
        catch (RuntimeException | Error ex) {
            log.error("Handling a delivery failed: it is given back", ex);
            delivery.giveBack();
        }
        finally {
            this.count.decrementAndGet();
        }
    }

    int count() {
        return this.count.get();
    }

    boolean takesMore() {
        return !this.threads.isShutdown();
    }

    void beginNoMore() {
        this.threads.shutdown();
    }

    /**
     * Waits for what is in hand and interrupts what is not finished in time.
     * @return how many were not finished
     */
    int finish(Duration timeout) throws InterruptedException {
        this.threads.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS);
        int unfinished = count();
        this.threads.shutdownNow();
        this.threads.awaitTermination(ABANDON_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        return unfinished;
    }

}
