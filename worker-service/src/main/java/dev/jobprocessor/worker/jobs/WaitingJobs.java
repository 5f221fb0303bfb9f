package dev.jobprocessor.worker.jobs;

import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Jobs that wait to begin, for a provider or for the API: nothing is lost where a stop
 * interrupts them.
 */
final class WaitingJobs {

    private final Set<Thread> threads = new HashSet<>();

    private boolean stopped;

    /**
     * Waits.
     * @throws InterruptedException if the worker stops or is drained before the wait is
     * over
     */
    <T extends @Nullable Object> T await(Wait<T> wait) throws InterruptedException {
        begin();
        try {
            return wait.await();
        }
        finally {
            end();
        }
    }

    private synchronized void begin() throws InterruptedException {
        interruptIfStopped();
        this.threads.add(Thread.currentThread());
    }

    private synchronized void end() throws InterruptedException {
        this.threads.remove(Thread.currentThread());
        interruptIfStopped();
    }

    private void interruptIfStopped() throws InterruptedException {
        if (this.stopped) {
            throw new InterruptedException("The worker starts nothing");
        }
    }

    /**
     * Interrupts all, and whatever would wait until the next start.
     * @return how many waited
     */
    synchronized int stop() {
        this.stopped = true;
        this.threads.forEach(Thread::interrupt);
        return this.threads.size();
    }

    synchronized void start() {
        this.stopped = false;
    }

    interface Wait<T extends @Nullable Object> {

        T await() throws InterruptedException;

    }

}
