package dev.jobprocessor.worker.broker;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a task on a thread of its own until stopped, whatever the task throws.
 */
public final class RepeatingThread {

    private static final Logger log = LoggerFactory.getLogger(RepeatingThread.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Task task;

    private final Thread thread;

    private volatile boolean stopped;

    public RepeatingThread(String name, Task task) {
        this.task = task;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::repeat);
        this.thread.start();
    }

    /** False once its thread has ended, which it must not before it is stopped. */
    public boolean isAlive() {
        return this.thread.isAlive();
    }

    /** Interrupts the task and does not repeat it. */
    public void stop() {
        this.stopped = true;
        this.thread.interrupt();
    }

    public void join(Duration timeout) throws InterruptedException {
        this.thread.join(timeout);
    }

    private void repeat() {
        while (!this.stopped) {
            try {
                this.task.run();
            }
            catch (InterruptedException ex) {
                log.debug("Interrupted", ex);
            }
            catch (RuntimeException | Error ex) {
                log.error("The thread {} failed, retrying in {} s", this.thread.getName(), PAUSE.toSeconds(), ex);
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        }
        catch (InterruptedException ex) {
            log.debug("Interrupted", ex);
        }
    }

    /** What is repeated. */
    public interface Task {

        void run() throws InterruptedException;

    }

}
