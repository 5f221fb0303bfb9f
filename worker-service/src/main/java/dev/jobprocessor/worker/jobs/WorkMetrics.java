package dev.jobprocessor.worker.jobs;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;

import dev.jobprocessor.worker.callback.ProviderLimit;
import dev.jobprocessor.worker.processing.Outcome;
import dev.jobprocessor.worker.processing.WorkQueue;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Metrics of the jobs of one queue that this worker processes. */
class WorkMetrics {

    private static final Duration[] SECONDS = DoubleStream
        .of(0.1, 0.25, 0.5, 1, 2, 3, 4, 5, 5.5, 6, 7, 8, 10, 15, 30, 60, 120, 300, 900, 3600)
        .mapToObj((seconds) -> Duration.ofMillis((long) (seconds * 1000)))
        .toArray(Duration[]::new);

    private final AtomicInteger inFlight = new AtomicInteger();

    private final Timer completed;

    private final Timer failed;

    private final Timer deferred;

    private final Timer delegated;

    private final Timer cancelled;

    WorkMetrics(WorkQueue queue, MeterRegistry registry) {
        Gauge.builder("worker.jobs.capacity", queue::concurrency)
            .description("Maximum number of jobs in flight")
            .tag("queue", queue.name())
            .register(registry);
        Gauge.builder("worker.jobs.in.flight", this.inFlight, AtomicInteger::get)
            .description("Jobs in flight: being processed or reported")
            .tag("queue", queue.name())
            .register(registry);
        Gauge.builder("worker.provider.limited", queue, WorkMetrics::limitedSeconds)
            .description("For how long the queue's provider has accepted no call, 0 where it does")
            .baseUnit("seconds")
            .tag("queue", queue.name())
            .register(registry);
        this.completed = timer(queue, "completed", registry);
        this.failed = timer(queue, "failed", registry);
        this.deferred = timer(queue, "deferred", registry);
        this.delegated = timer(queue, "delegated", registry);
        this.cancelled = timer(queue, "cancelled", registry);
    }

    private static double limitedSeconds(WorkQueue queue) {
        ProviderLimit limit = queue.processor().limit();
        return (limit != null) ? limit.limitedForSeconds() : 0;
    }

    void started() {
        this.inFlight.incrementAndGet();
    }

    void processed(Outcome outcome, Duration time) {
        timer(outcome).record(time);
    }

    /** It was interrupted, as its attempt had ended. */
    void cancelled(Duration time) {
        this.cancelled.record(time);
    }

    /** The job is reported, parked or requeued. */
    void finished() {
        this.inFlight.decrementAndGet();
    }

    private Timer timer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed completed -> this.completed;
            case Outcome.Failed failed -> this.failed;
            case Outcome.Deferred deferred -> this.deferred;
            case Outcome.Delegated delegated -> this.delegated;
        };
    }

    private static Timer timer(WorkQueue queue, String outcome, MeterRegistry registry) {
        return Timer.builder("worker.jobs")
            .description("Processing time, without the report")
            .tag("queue", queue.name())
            .tag("outcome", outcome)
            .serviceLevelObjectives(SECONDS)
            .register(registry);
    }

}
