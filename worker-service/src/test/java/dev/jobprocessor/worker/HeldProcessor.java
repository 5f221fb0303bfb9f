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

    private final List<String> begun = new CopyOnWriteArrayList<>();

    private final AtomicInteger inWork = new AtomicInteger();

    private final AtomicInteger mostInWork = new AtomicInteger();

    @Override
    public Outcome process(Job job) throws InterruptedException {
        this.begun.add(job.id());
        this.mostInWork.accumulateAndGet(this.inWork.incrementAndGet(), Math::max);
        try {
            this.released.await();
            return new Outcome.Completed("{\"id\":\"%s\"}".formatted(job.id()));
        }
        finally {
            this.inWork.decrementAndGet();
        }
    }

    HeldProcessor release() {
        this.released.countDown();
        return this;
    }

    /** The jobs it has begun, in that order; one that was begun twice is there twice. */
    List<String> begun() {
        return List.copyOf(this.begun);
    }

    int inWork() {
        return this.inWork.get();
    }

    int mostInWork() {
        return this.mostInWork.get();
    }

}
