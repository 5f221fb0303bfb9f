package dev.jobprocessor.worker.jobs;

import java.util.List;

import dev.jobprocessor.worker.broker.BestEffortPublisher;
import dev.jobprocessor.worker.broker.QueueConsumer;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** A worker whose threads have ended needs a restart. */
@Component
class ThreadsHealthIndicator extends AbstractHealthIndicator {

    private final List<QueueConsumer> consumers;

    private final BestEffortPublisher events;

    ThreadsHealthIndicator(List<QueueConsumer> consumers, BestEffortPublisher events) {
        this.consumers = consumers;
        this.events = events;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        boolean alive = this.events.isAlive() && this.consumers.stream().allMatch(QueueConsumer::isAlive);
        builder.status(alive ? Status.UP : Status.DOWN);
    }

}
