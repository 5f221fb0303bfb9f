package dev.jobprocessor.api.webhooks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.webhooks.Deliveries.Backlog;
import dev.jobprocessor.api.webhooks.Delivery.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Counts attempts of this instance, and reads on a schedule what waits on all instances.
 * NaN while the database is unavailable.
 */
@Component
class DeliveryMetrics {

    private static final Duration[] BUCKETS = Stream.of(20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000)
        .map(Duration::ofMillis)
        .toArray(Duration[]::new);

    private final Counter delivered;

    private final Counter retried;

    private final Counter failed;

    private final Timer calls;

    private final Deliveries deliveries;

    private final DatabaseErrors databaseErrors;

    private final Clock clock;

    private volatile @Nullable Backlog backlog;

    DeliveryMetrics(Deliveries deliveries, Receivers receivers, DatabaseErrors databaseErrors, Clock clock,
            MeterRegistry registry) {
        this.deliveries = deliveries;
        this.databaseErrors = databaseErrors;
        this.clock = clock;
        this.delivered = attempts("delivered", registry);
        this.retried = attempts("retried", registry);
        this.failed = attempts("failed", registry);
        this.calls = Timer.builder("webhooks.calls")
            .description("How long receivers of webhooks take to answer, or to fail")
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
        gauge("webhooks.pending", Backlog::deliveries)
            .description("Deliveries of all instances that wait to be sent, or sent again, at most "
                    + Deliveries.MAX_COUNTED)
            .register(registry);
        gauge("webhooks.oldest.age", this::age).baseUnit("seconds")
            .description("How long the first of them has waited, 0 where there is none")
            .register(registry);
        Gauge.builder("webhooks.receivers.disabled", receivers, Receivers::disabled)
            .description("Receivers to which nothing is sent any more, as they had failed for too long")
            .register(registry);
    }

    private static Counter attempts(String outcome, MeterRegistry registry) {
        return Counter.builder("webhooks.attempts")
            .description("Calls of webhooks: delivered, to be retried, or failed for good")
            .tag("outcome", outcome)
            .register(registry);
    }

    void called(Duration time) {
        this.calls.record(time);
    }

    void attempted(DeliveryResult result) {
        Counter outcome = (result.status() == Status.DELIVERED) ? this.delivered
                : (result.retryAt() != null) ? this.retried : this.failed;
        outcome.increment();
    }

    @Scheduled(fixedDelay = 15, timeUnit = TimeUnit.SECONDS)
    void read() {
        try {
            this.backlog = this.deliveries.backlog();
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("The number of deliveries is unknown", ex);
            this.backlog = null;
        }
    }

    private Gauge.Builder<DeliveryMetrics> gauge(String name, ToDoubleFunction<Backlog> value) {
        return Gauge.builder(name, this, (metrics) -> {
            Backlog backlog = metrics.backlog;
            return (backlog != null) ? value.applyAsDouble(backlog) : Double.NaN;
        });
    }

    private double age(Backlog backlog) {
        Instant oldest = backlog.oldest();
        return (oldest != null) ? Math.max(0, Duration.between(oldest, this.clock.instant()).toMillis()) / 1000.0 : 0;
    }

}
