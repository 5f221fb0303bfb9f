package dev.jobprocessor.worker.jobs;

import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.jobprocessor.worker.broker.QueueConsumer;
import dev.jobprocessor.worker.callback.Instructions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * The consumers of all queues that this worker serves. None starts before the API was
 * heard, as queues may be paused; while it is unavailable, its last instructions hold.
 * They stop at the same time, so that a stop takes no longer with many.
 */
class JobConsumers implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(JobConsumers.class);

    private final Map<String, QueueConsumer> consumers;

    private final QueueConsumer control;

    private final WorkerHeartbeat heartbeat;

    private final RunningJobs jobs;

    private volatile boolean running;

    private volatile boolean heard;

    private boolean drained;

    /**
     * @param consumers by the name of their queue
     * @param control of what the API publishes to all workers
     */
    JobConsumers(Map<String, QueueConsumer> consumers, QueueConsumer control, WorkerHeartbeat heartbeat,
            RunningJobs jobs) {
        this.consumers = consumers;
        this.control = control;
        this.heartbeat = heartbeat;
        this.jobs = jobs;
    }

    /** Whether messages of all queues are delivered right now, but for paused ones. */
    boolean isConsuming() {
        return this.heard && this.consumers.values().stream().allMatch(QueueConsumer::isConsuming);
    }

    /** See {@link QueueConsumer#isAlive}. */
    boolean isAlive() {
        return this.heartbeat.isAlive() && this.control.isAlive()
                && this.consumers.values().stream().allMatch(QueueConsumer::isAlive);
    }

    private void follow(Instructions instructions) throws InterruptedException {
        this.jobs.interrupt(instructions.ended());
        consume(instructions);
    }

    private synchronized void consume(Instructions instructions) throws InterruptedException {
        if (!this.running) {
            return;
        }
        if (!instructions.drain()) {
            setDrained(false);
        }
        for (Map.Entry<String, QueueConsumer> consumer : this.consumers.entrySet()) {
            consumer.getValue()
                .setPaused(instructions.drain() || instructions.pausedQueues().contains(consumer.getKey()));
        }
        if (instructions.drain()) {
            setDrained(true); // not before no more is delivered
        }
        if (!this.heard) {
            this.consumers.values().forEach(QueueConsumer::start);
            this.heard = true;
        }
    }

    private void setDrained(boolean drained) {
        if (this.drained != drained) {
            log.info(drained ? "Drained: starting no more jobs" : "Resumed: starting jobs again");
            this.consumers.values().forEach((consumer) -> consumer.setDrained(drained));
            this.drained = drained;
        }
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

    @Override
    public void start() {
        this.heard = false;
        this.running = true;
        this.control.start();
        this.heartbeat.start(this::follow);
    }

    @Override
    public void stop() {
        synchronized (this) {
            this.running = false;
        }
        this.heartbeat.stopping();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            this.consumers.values().forEach((consumer) -> threads.execute(consumer::stop));
        }
        this.control.stop();
        sayGoodbye();
    }

    private void sayGoodbye() {
        try {
            this.heartbeat.stop();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

}
