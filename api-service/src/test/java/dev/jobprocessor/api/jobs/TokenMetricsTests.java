package dev.jobprocessor.api.jobs;

import java.util.List;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TokenMetricsTests {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private final TokenMetrics metrics = new TokenMetrics(new JobQueues(List.of("llm")), new KnownModels(),
            this.registry);

    @Test
    void countsByQueueModelAndDirection() {
        this.metrics.used("llm", new JobUsage("m", 10, 3));
        this.metrics.used("llm", new JobUsage("m", 5, 1));
        assertThat(tokens("m", "input")).isEqualTo(15);
        assertThat(tokens("m", "output")).isEqualTo(4);
    }

    @Test
    void countsModelsBeyondItsBoundTogether() {
        IntStream.rangeClosed(1, KnownModels.MAX + 2)
            .forEach((model) -> this.metrics.used("llm", new JobUsage("m" + model, model, 0)));
        assertThat(tokens("m" + KnownModels.MAX, "input")).isEqualTo(KnownModels.MAX);
        assertThat(tokens(KnownModels.OTHERS, "input")).isEqualTo(2 * KnownModels.MAX + 3);
        assertThat(this.registry.find("jobs.tokens").tag("queue", "llm").tag("direction", "input").counters())
            .hasSize(KnownModels.MAX + 1);
    }

    private double tokens(String model, String direction) {
        return this.registry.get("jobs.tokens")
            .tag("queue", "llm")
            .tag("model", model)
            .tag("direction", direction)
            .counter()
            .count();
    }

}
