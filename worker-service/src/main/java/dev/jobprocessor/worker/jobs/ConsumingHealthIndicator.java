package dev.jobprocessor.worker.jobs;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * A worker is ready while it consumes all its queues. Makes no call: the consumers know
 * their state.
 */
@Component
class ConsumingHealthIndicator extends AbstractHealthIndicator {

    private final JobConsumers consumers;

    ConsumingHealthIndicator(JobConsumers consumers) {
        this.consumers = consumers;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.status(this.consumers.isConsuming() ? Status.UP : Status.DOWN);
    }

}
