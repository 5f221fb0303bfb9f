package dev.jobprocessor.worker.jobs;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.jobprocessor.worker.broker.RepeatingThread;
import dev.jobprocessor.worker.callback.Heartbeat;
import dev.jobprocessor.worker.callback.Heartbeats;
import dev.jobprocessor.worker.callback.Instructions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports this worker every so often, or at once when it is asked, and passes on what the
 * API wants of it.
 */
class WorkerHeartbeat {

    private static final Logger log = LoggerFactory.getLogger(WorkerHeartbeat.class);

    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final Heartbeats api;

    private final Description description;

    private final RunningJobs running;

    private final Duration interval;

    private final Semaphore asked = new Semaphore(0);

    private volatile @Nullable RepeatingThread thread;

    private volatile boolean stopping;

    private boolean heard;

    private boolean reported;

    WorkerHeartbeat(Heartbeats api, Description description, RunningJobs running, Duration interval) {
        this.api = api;
        this.description = description;
        this.running = running;
        this.interval = interval;
    }

    /**
     * @param follower receives instructions one after another
     */
    void start(Follower follower) {
        this.stopping = false;
        this.thread = new RepeatingThread("heartbeat", () -> beat(follower));
    }

    boolean isAlive() {
        RepeatingThread thread = this.thread;
        return thread == null || thread.isAlive();
    }

    /** Asks for a heartbeat at once. */
    void ask() {
        this.asked.release();
    }

    /** Reports at once that this worker starts nothing any more. */
    void stopping() {
        this.stopping = true;
        ask();
    }

    /** Reports that this worker has stopped, so that it does not count as lost. */
    void stop() throws InterruptedException {
        RepeatingThread thread = this.thread;
        this.thread = null;
        if (thread != null) {
            thread.stop();
            thread.join(STOP_TIMEOUT);
            this.api.send(heartbeat(true));
        }
    }

    private void beat(Follower follower) throws InterruptedException {
        this.asked.drainPermits();
        Instructions instructions = this.api.send(heartbeat(false));
        if (instructions != null) {
            this.heard = true;
            follower.follow(instructions);
        }
        else if (!this.heard && !this.reported) {
            log.warn("Nothing is consumed until the API says at {} what to do", this.api.url());
            this.reported = true;
        }
        Duration wait = (instructions != null) ? this.interval : RETRY_DELAY;
        this.asked.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Heartbeat heartbeat(boolean stopped) {
        return new Heartbeat(this.description.name(), this.description.version(), this.description.queues().get(),
                this.running.count(), this.running.oldest(Heartbeat.MAX_ATTEMPTS), this.stopping, stopped,
                Heartbeat.Memory.now());
    }

    /** What is known of this worker, whatever it runs. */
    record Description(String name, String version, Supplier<List<Heartbeat.Queue>> queues) {
    }

    /** Does what the API wants. */
    interface Follower {

        void follow(Instructions instructions) throws InterruptedException;

    }

}
