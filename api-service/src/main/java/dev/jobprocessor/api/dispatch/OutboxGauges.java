package dev.jobprocessor.api.dispatch;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.dispatch.Outbox.Backlog;
import dev.jobprocessor.api.jobs.DispatchTimes;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Metrics of the outbox, read on a schedule so that no scrape waits for the database. NaN
 * while it is unavailable.
 */
@Component
class OutboxGauges {

    private final Outbox outbox;

    private final Clock clock;

    private final DispatchTimes times;

    private volatile @Nullable Backlog backlog;

    private final DatabaseErrors databaseErrors;

    OutboxGauges(Outbox outbox, Clock clock, DispatchTimes times, DatabaseErrors databaseErrors,
            MeterRegistry registry) {
        this.outbox = outbox;
        this.clock = clock;
        this.times = times;
        this.databaseErrors = databaseErrors;
        gauge("jobs.outbox.depth", Backlog::jobs)
            .description("Jobs of all instances that wait to be published, at most " + Outbox.MAX_COUNTED)
            .register(registry);
        gauge("jobs.outbox.oldest.age", this::age).baseUnit("seconds")
            .description("How long the first of them has waited, 0 where there is none")
            .register(registry);
    }

    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void read() {
        try {
            this.backlog = this.outbox.backlog(this.times.relayFrom(this.clock.instant()));
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("The size of the outbox is unknown", ex);
            this.backlog = null;
        }
    }

    private Gauge.Builder<OutboxGauges> gauge(String name, ToDoubleFunction<Backlog> value) {
        return Gauge.builder(name, this, (gauges) -> {
            Backlog backlog = gauges.backlog;
            return (backlog != null) ? value.applyAsDouble(backlog) : Double.NaN;
        });
    }

    private double age(Backlog backlog) {
        return (backlog.oldest() != null)
                ? Math.max(0, Duration.between(backlog.oldest(), this.clock.instant()).toMillis()) / 1000.0 : 0;
    }

}
