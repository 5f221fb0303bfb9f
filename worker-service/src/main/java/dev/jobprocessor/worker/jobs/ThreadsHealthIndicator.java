package dev.jobprocessor.worker.jobs;

import dev.jobprocessor.worker.broker.BestEffortPublisher;
import dev.jobprocessor.worker.broker.QueueConsumer;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** A worker whose threads have ended needs a restart. */
@Component
class ThreadsHealthIndicator extends AbstractHealthIndicator {

    private final JobConsumers jobs;

    private final QueueConsumer parkedCallbacks;

    private final BestEffortPublisher events;

    ThreadsHealthIndicator(JobConsumers jobs, QueueConsumer parkedCallbacks, BestEffortPublisher events) {
        this.jobs = jobs;
        this.parkedCallbacks = parkedCallbacks;
        this.events = events;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        boolean alive = this.events.isAlive() && this.jobs.isAlive() && this.parkedCallbacks.isAlive();
        builder.status(alive ? Status.UP : Status.DOWN);
    }

}
