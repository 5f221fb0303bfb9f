package dev.jobprocessor.api.jobs;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.stereotype.Component;

/** Counts the tokens that models used, by the reports that this instance accepted. */
@Component
class TokenMetrics {

    private final KnownModels models;

    private final MeterRegistry registry;

    TokenMetrics(JobQueues queues, KnownModels models, MeterRegistry registry) {
        this.models = models;
        this.registry = registry;
        queues.queues().forEach((queue) -> used(queue, KnownModels.OTHERS, 0, 0));
    }

    /**
     * @param queue a known one
     */
    void used(String queue, JobUsage usage) {
        used(queue, this.models.nameOf(usage), usage.inputTokens(), usage.outputTokens());
    }

    private void used(String queue, String model, long input, long output) {
        tokens(queue, model, "input").increment(input);
        tokens(queue, model, "output").increment(output);
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
