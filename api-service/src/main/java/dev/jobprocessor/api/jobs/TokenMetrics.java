package dev.jobprocessor.api.jobs;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.stereotype.Component;

/** Counts the tokens that models used, by the reports that this instance accepted. */
@Component
class TokenMetrics {

    /** Reporters name models: further ones are counted together. */
    static final int MAX_MODELS = 20;

    static final String OTHERS = "other";

    private final Set<String> models = new HashSet<>();

    private final MeterRegistry registry;

    TokenMetrics(JobQueues queues, MeterRegistry registry) {
        this.registry = registry;
        queues.queues().forEach((queue) -> used(queue, OTHERS, 0, 0));
    }

    /**
     * @param queue a known one
     */
    void used(String queue, JobUsage usage) {
        used(queue, known(Objects.requireNonNull(usage.model())), usage.inputTokens(), usage.outputTokens());
    }

    private void used(String queue, String model, long input, long output) {
        tokens(queue, model, "input").increment(input);
        tokens(queue, model, "output").increment(output);
    }

    private synchronized String known(String model) {
        boolean known = this.models.contains(model) || this.models.size() < MAX_MODELS && this.models.add(model);
        return known ? model : OTHERS;
    }

    private Counter tokens(String queue, String model, String direction) {
        return Counter.builder("jobs.tokens")
            .description("Tokens that models used, by the reports that were accepted")
            .tag("queue", queue)
            .tag("model", model)
            .tag("direction", direction)
            .register(this.registry);
    }

}
