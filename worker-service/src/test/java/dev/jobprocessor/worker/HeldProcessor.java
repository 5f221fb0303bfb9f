package dev.jobprocessor.worker;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import dev.jobprocessor.worker.processing.Job;
import dev.jobprocessor.worker.processing.Outcome;
import dev.jobprocessor.worker.processing.Processor;

/** Works on a job until the test releases it. */
final class HeldProcessor implements Processor {

    private final CountDownLatch released = new CountDownLatch(1);

    private final List<String> started = new CopyOnWriteArrayList<>();

    private final CountDownLatch opened = new CountDownLatch(1);

    private final AtomicInteger waiting = new AtomicInteger();

    private volatile boolean closed;

    private final AtomicInteger inFlight = new AtomicInteger();

    private final AtomicInteger peakInFlight = new AtomicInteger();

    @Override
    public void awaitReadiness() throws InterruptedException {
        if (this.closed) {
            this.waiting.incrementAndGet();
            this.opened.await();
        }
    }

    @Override
    public Outcome process(Job job) throws InterruptedException {
        this.started.add(job.id());
        this.peakInFlight.accumulateAndGet(this.inFlight.incrementAndGet(), Math::max);
        try {
            this.released.await();
            return new Outcome.Completed("{\"id\":\"%s\"}".formatted(job.id()));
        }
        finally {
            this.inFlight.decrementAndGet();
        }
    }

    /** From now on jobs wait to begin until the test releases them. */
    void close() {
        this.closed = true;
    }

    /** How many jobs have waited to begin. */
    int waiting() {
        return this.waiting.get();
    }

    HeldProcessor release() {
        this.opened.countDown();
        this.released.countDown();
        return this;
    }

    /**
     * The jobs it has started, in that order; one that was started twice is there twice.
     */
    List<String> started() {
        return List.copyOf(this.started);
    }

    int inFlight() {
        return this.inFlight.get();
    }

    int peakInFlight() {
        return this.peakInFlight.get();
    }

}
