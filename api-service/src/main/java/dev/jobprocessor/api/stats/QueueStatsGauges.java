package dev.jobprocessor.api.stats;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.JobQueues;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Metrics of the jobs of each queue that have not finished, read on a schedule so that no
 * scrape waits for the database. NaN while it is unavailable.
 */
@Component
class QueueStatsGauges {

    private final QueueStatsSnapshot snapshot;

    private final Clock clock;

    private final DatabaseErrors databaseErrors;

    private volatile Map<String, QueueStats> stats = Map.of();

    QueueStatsGauges(QueueStatsSnapshot snapshot, JobQueues queues, Clock clock, DatabaseErrors databaseErrors,
            MeterRegistry registry) {
        this.snapshot = snapshot;
        this.clock = clock;
        this.databaseErrors = databaseErrors;
        for (String queue : queues.queues()) {
            jobs(queue, "waiting", QueueStats::waiting, registry);
            jobs(queue, "scheduled", QueueStats::scheduled, registry);
            jobs(queue, "deferred", QueueStats::deferred, registry);
            jobs(queue, "running", QueueStats::running, registry);
            gauge("jobs.queue.oldest.waiting.age", queue, (stats) -> age(stats.oldestWaiting())).baseUnit("seconds")
                .description(
                        "How long the queue's oldest job has waited that a worker may start, 0 where there is none")
                .register(registry);
        }
    }

    private void jobs(String queue, String state, ToDoubleFunction<QueueStats> count, MeterRegistry registry) {
        gauge("jobs.queue.jobs", queue, count).tags(Tags.of("state", state))
            .description("The queue's jobs that have not finished, of the first 10,000 in each state")
            .register(registry);
    }

    private Gauge.Builder<QueueStatsGauges> gauge(String name, String queue, ToDoubleFunction<QueueStats> value) {
        return Gauge.builder(name, this, (gauges) -> {
            QueueStats stats = gauges.stats.get(queue);
            return (stats != null) ? value.applyAsDouble(stats) : Double.NaN;
        }).tag("queue", queue);
    }

    private double age(@Nullable Instant oldest) {
        return (oldest != null) ? Duration.between(oldest, this.clock.instant()).toMillis() / 1000.0 : 0;
    }

    @Scheduled(fixedDelay = 15, timeUnit = TimeUnit.SECONDS)
    void read() {
        try {
            this.stats = this.snapshot.queues()
                .stream()
                .collect(Collectors.toMap(QueueStats::queue, Function.identity()));
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("What waits in the queues is unknown", ex);
            this.stats = Map.of();
        }
    }

}
