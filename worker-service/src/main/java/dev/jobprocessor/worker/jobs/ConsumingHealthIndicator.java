package dev.jobprocessor.worker.jobs;

import dev.jobprocessor.worker.broker.QueueConsumer;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * A worker is ready while it consumes jobs. Makes no call: the consumer knows its state.
 */
@Component
class ConsumingHealthIndicator extends AbstractHealthIndicator {

    private final QueueConsumer consumer;

    ConsumingHealthIndicator(@Qualifier("jobsConsumer") QueueConsumer consumer) {
        this.consumer = consumer;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.status(this.consumer.isConsuming() ? Status.UP : Status.DOWN);
    }

}
