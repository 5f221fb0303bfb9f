package dev.jobprocessor.api.dispatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.stereotype.Component;

/** Counts what this instance published. */
@Component
class DispatchMetrics {

    private final Counter published;

    private final Counter unconfirmed;

    private final Counter relayed;

    DispatchMetrics(MeterRegistry registry) {
        this.published = Counter.builder("jobs.published")
            .description("Jobs that the broker confirmed")
            .register(registry);
        this.unconfirmed = Counter.builder("jobs.unconfirmed")
            .description(
                    "Published jobs that the broker did not confirm: refused, unroutable, or the connection was lost")
            .register(registry);
        this.relayed = Counter.builder("jobs.relayed")
            .description("Jobs that the relay published from the outbox")
            .register(registry);
    }

    void published() {
        this.published.increment();
    }

    void unconfirmed() {
        this.unconfirmed.increment();
    }

    void relayed() {
        this.relayed.increment();
    }

}
