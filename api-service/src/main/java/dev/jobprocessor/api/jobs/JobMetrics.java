package dev.jobprocessor.api.jobs;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Counters and timers of the transitions that this instance made, by queue; sum them over
 * instances. All queues that are not in the settings are counted as one.
 */
@Component
class JobMetrics {

    private static final String REMOVED = "removed";

    private final JobQueues known;

    private final TokenMetrics tokens;

    private final MeterRegistry registry;

    private final Map<String, QueueMetrics> queues = new ConcurrentHashMap<>();

    JobMetrics(JobQueues known, TokenMetrics tokens, MeterRegistry registry) {
        this.known = known;
        this.tokens = tokens;
        this.registry = registry;
        known.queues().forEach(this::of);
    }

    @EventListener
    void changed(JobChanged change) {
        of(change.job().queue()).changed(change);
    }

    @EventListener
    void failed(JobFailed failure) {
        of(failure.job().queue()).failed(failure);
    }

    @EventListener
    void failed(AttemptFailed failure) {
        of(failure.job().queue()).failed(failure);
    }

    @EventListener
    void used(TokensUsed tokens) {
        this.tokens.used(known(tokens.queue()), tokens.usage());
    }

    private QueueMetrics of(String queue) {
        return this.queues.computeIfAbsent(known(queue), (tag) -> new QueueMetrics(tag, this.registry));
    }

    private String known(String queue) {
        return this.known.contains(queue) ? queue : REMOVED;
    }

}
