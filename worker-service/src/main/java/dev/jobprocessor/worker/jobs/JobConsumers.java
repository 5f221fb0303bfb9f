package dev.jobprocessor.worker.jobs;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.jobprocessor.worker.broker.QueueConsumer;
import dev.jobprocessor.worker.broker.RepeatingThread;
import dev.jobprocessor.worker.callback.PausedQueues;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * The consumers of all queues that this worker serves. None starts before the paused
 * queues are known; while the API is unavailable, the last known state holds. They stop
 * at the same time, so that a stop takes no longer with many.
 */
class JobConsumers implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(JobConsumers.class);

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private final Map<String, QueueConsumer> consumers;

    private final PausedQueues api;

    private volatile @Nullable RepeatingThread poll;

    private volatile boolean known;

    private boolean reported;

    /**
     * @param consumers by the name of their queue
     */
    JobConsumers(Map<String, QueueConsumer> consumers, PausedQueues api) {
        this.consumers = consumers;
        this.api = api;
    }

    /** Whether messages of all queues are delivered right now, but for paused ones. */
    boolean isConsuming() {
        return this.known && this.consumers.values().stream().allMatch(QueueConsumer::isConsuming);
    }

    /** See {@link QueueConsumer#isAlive}. */
    boolean isAlive() {
        RepeatingThread poll = this.poll;
        return (poll == null || poll.isAlive()) && this.consumers.values().stream().allMatch(QueueConsumer::isAlive);
    }

    private void follow() throws InterruptedException {
        Set<String> paused = this.api.read();
        if (paused != null) {
            follow(paused);
        }
        else if (!this.known && !this.reported) {
            log.warn("Nothing is consumed until the API says at {} which queues are paused", this.api.url());
            this.reported = true;
        }
        Thread.sleep(POLL_INTERVAL);
    }

    private void follow(Set<String> paused) throws InterruptedException {
        for (Map.Entry<String, QueueConsumer> consumer : this.consumers.entrySet()) {
            consumer.getValue().setPaused(paused.contains(consumer.getKey()));
        }
        if (!this.known) {
            this.consumers.values().forEach(QueueConsumer::start);
            this.known = true;
        }
    }

    @Override
    public boolean isRunning() {
        return this.poll != null;
    }

    @Override
    public void start() {
        this.known = false;
        this.poll = new RepeatingThread("paused-queues", this::follow);
    }

    @Override
    public void stop() {
        RepeatingThread poll = this.poll;
        if (poll != null) {
            poll.stop();
            join(poll);
        }
        this.poll = null;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            this.consumers.values().forEach((consumer) -> threads.execute(consumer::stop));
        }
    }

    private static void join(RepeatingThread poll) {
        try {
            poll.join(POLL_INTERVAL.multipliedBy(5));
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

}
