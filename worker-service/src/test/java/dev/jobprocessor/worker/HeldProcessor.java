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

    private final AtomicInteger inFlight = new AtomicInteger();

    private final AtomicInteger peakInFlight = new AtomicInteger();

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

    HeldProcessor release() {
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
