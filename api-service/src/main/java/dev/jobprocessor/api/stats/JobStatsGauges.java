package dev.jobprocessor.api.stats;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import dev.jobprocessor.api.database.DatabaseErrors;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Metrics of all jobs, read on a schedule so that no scrape waits for the database. NaN
 * while it is unavailable.
 */
@Component
class JobStatsGauges {

    private final JobStatsSnapshot snapshot;

    private final Clock clock;

    private volatile @Nullable JobStats stats;

    private final DatabaseErrors databaseErrors;

    JobStatsGauges(JobStatsSnapshot snapshot, Clock clock, DatabaseErrors databaseErrors, MeterRegistry registry) {
        this.snapshot = snapshot;
        this.clock = clock;
        this.databaseErrors = databaseErrors;
        gauge("jobs.pending", (stats) -> stats.counts().pending()).description("PENDING jobs of all instances")
            .register(registry);
        gauge("jobs.running", JobStats::running).description("PENDING jobs that a worker has started")
            .register(registry);
        gauge("jobs.oldest.waiting.age", (stats) -> age(stats.oldestWaiting())).baseUnit("seconds")
            .description("Age of the oldest job that no worker has started, 0 where there is none")
            .register(registry);
    }

    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void look() {
        try {
            this.stats = this.snapshot.stats();
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("The numbers of jobs are unknown", ex);
            this.stats = null;
        }
    }

    private Gauge.Builder<JobStatsGauges> gauge(String name, ToDoubleFunction<JobStats> value) {
        return Gauge.builder(name, this, (gauges) -> {
            JobStats stats = gauges.stats;
            return (stats != null) ? value.applyAsDouble(stats) : Double.NaN;
        });
    }

    private double age(@Nullable Instant oldest) {
        return (oldest != null) ? Duration.between(oldest, this.clock.instant()).toMillis() / 1000.0 : 0;
    }

}
