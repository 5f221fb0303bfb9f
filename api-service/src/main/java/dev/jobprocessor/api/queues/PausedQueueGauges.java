package dev.jobprocessor.api.queues;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.JobQueues;
import dev.jobprocessor.api.jobs.PausedQueues;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * For how long each queue has been paused, read on a schedule so that no scrape waits for
 * the database. NaN while it is unavailable.
 */
@Component
class PausedQueueGauges {

    private final PausedQueues paused;

    private final Clock clock;

    private final DatabaseErrors databaseErrors;

    private volatile @Nullable Map<String, Instant> since;

    PausedQueueGauges(PausedQueues paused, JobQueues queues, Clock clock, DatabaseErrors databaseErrors,
            MeterRegistry registry) {
        this.paused = paused;
        this.clock = clock;
        this.databaseErrors = databaseErrors;
        queues.queues()
            .forEach((queue) -> Gauge.builder("jobs.queue.paused.age", this, (gauges) -> gauges.age(queue))
                .description("How long the queue has been paused, 0 where it is not")
                .baseUnit("seconds")
                .tag("queue", queue)
                .register(registry));
    }

    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void read() {
        try {
            this.since = this.paused.since();
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("Which queues are paused is unknown", ex);
            this.since = null;
        }
    }

    private double age(String queue) {
        Map<String, Instant> known = this.since;
        if (known == null) {
            return Double.NaN;
        }
        Instant now = this.clock.instant();
        return Math.max(0, Duration.between(known.getOrDefault(queue, now), now).toMillis()) / 1000.0;
    }

}
