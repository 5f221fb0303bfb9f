package dev.jobprocessor.worker.jobs;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;

import dev.jobprocessor.worker.processing.Outcome;
import dev.jobprocessor.worker.processing.Processor;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.springframework.stereotype.Component;

/** Metrics of the jobs that this worker processes. */
@Component
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

    WorkMetrics(WorkSettings settings, Processor processor, MeterRegistry registry) {
        Gauge.builder("worker.jobs.capacity", () -> settings.concurrency(processor))
            .description("Maximum number of jobs in flight")
            .register(registry);
        Gauge.builder("worker.jobs.in.flight", this.inFlight, AtomicInteger::get)
            .description("Jobs in flight: being processed or reported")
            .register(registry);
        this.completed = timer("completed", registry);
        this.failed = timer("failed", registry);
        this.deferred = timer("deferred", registry);
        this.delegated = timer("delegated", registry);
    }

    void started() {
        this.inFlight.incrementAndGet();
    }

    void processed(Outcome outcome, Duration time) {
        timer(outcome).record(time);
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

    private static Timer timer(String outcome, MeterRegistry registry) {
        return Timer.builder("worker.jobs")
            .description("Processing time, without the report")
            .tag("outcome", outcome)
            .serviceLevelObjectives(SECONDS)
            .register(registry);
    }

}
