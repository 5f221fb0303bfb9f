package dev.jobprocessor.worker.jobs;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.jobprocessor.worker.broker.QueueConsumer;

import org.springframework.context.SmartLifecycle;

/**
 * The consumers of all queues that this worker serves. They stop at the same time, so
 * that a stop takes no longer with many.
 */
class JobConsumers implements SmartLifecycle {

    private final List<QueueConsumer> consumers;

    JobConsumers(List<QueueConsumer> consumers) {
        this.consumers = consumers;
    }

    /** Whether messages of all queues are delivered right now. */
    boolean isConsuming() {
        return this.consumers.stream().allMatch(QueueConsumer::isConsuming);
    }

    /** See {@link QueueConsumer#isAlive}. */
    boolean isAlive() {
        return this.consumers.stream().allMatch(QueueConsumer::isAlive);
    }

    @Override
    public boolean isRunning() {
        return this.consumers.stream().anyMatch(QueueConsumer::isRunning);
    }

    @Override
    public void start() {
        this.consumers.forEach(QueueConsumer::start);
    }

    @Override
    public void stop() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            this.consumers.forEach((consumer) -> threads.execute(consumer::stop));
        }
    }

}
