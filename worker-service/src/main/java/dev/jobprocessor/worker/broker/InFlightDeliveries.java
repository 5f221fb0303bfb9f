package dev.jobprocessor.worker.broker;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deliveries in flight, each handled on a virtual thread of its own. After a pause
 * the broker prefetches anew, whatever is still in flight: the rest waits here.
 */
final class InFlightDeliveries {

    private static final Logger log = LoggerFactory.getLogger(InFlightDeliveries.class);

    private static final Duration ABANDON_TIMEOUT = Duration.ofSeconds(2);

    private final Consumer<Delivery> handler;

    private final ExecutorService threads;

    private final AtomicInteger count = new AtomicInteger();

    private final Semaphore free;

    InFlightDeliveries(String name, int concurrency, Consumer<Delivery> handler) {
        this.handler = handler;
        this.free = new Semaphore(concurrency);
        this.threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 1).factory());
    }

    /** Starts to handle a delivery, or returns false: no more are accepted. */
    boolean start(Delivery delivery) {
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
            handleWhenFree(delivery);
        }
        catch (InterruptedException ex) {
            delivery.requeue();
        }
        catch (RuntimeException | Error ex) {
            log.error("Handling a delivery failed: it is requeued", ex);
            delivery.requeue();
        }
        finally {
            this.count.decrementAndGet();
        }
    }

    private void handleWhenFree(Delivery delivery) throws InterruptedException {
        this.free.acquire();
        try {
            this.handler.accept(delivery);
        }
        finally {
            this.free.release();
        }
    }

    int count() {
        return this.count.get();
    }

    boolean isAccepting() {
        return !this.threads.isShutdown();
    }

    void stopAccepting() {
        this.threads.shutdown();
    }

    /**
     * Waits for those in flight and interrupts what has not finished in time.
     * @return how many had not finished
     */
    int awaitCompletion(Duration timeout) throws InterruptedException {
        this.threads.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS);
        int unfinished = count();
        this.threads.shutdownNow();
        this.threads.awaitTermination(ABANDON_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        return unfinished;
    }

}
