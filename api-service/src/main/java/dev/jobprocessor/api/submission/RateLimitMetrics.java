package dev.jobprocessor.api.submission;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.stereotype.Component;

/** Counts the jobs that were refused for a limit of their submitter. */
@Component
class RateLimitMetrics {

    private final List<Counter> refused;

    RateLimitMetrics(MeterRegistry registry) {
        this.refused = Arrays.stream(RateLimited.Limit.values())
            .map((limit) -> Counter.builder("jobs.rate.limited")
                .description("Jobs that were refused for a limit of their submitter")
                .tag("limit", limit.name().toLowerCase(Locale.ROOT))
                .register(registry))
            .toList();
    }

    void refused(RateLimited.Limit limit, int jobs) {
        this.refused.get(limit.ordinal()).increment(jobs);
    }

}
