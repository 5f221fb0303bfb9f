package dev.jobprocessor.api.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.DoubleStream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Counters and timers of the transitions of one queue's jobs. */
class QueueMetrics {

    private static final Duration[] SECONDS = DoubleStream
        .of(0.1, 0.25, 0.5, 1, 2, 3, 4, 5, 5.5, 6, 7, 8, 10, 15, 30, 60, 120, 300, 900, 3600)
        .mapToObj((seconds) -> Duration.ofMillis((long) (seconds * 1000)))
        .toArray(Duration[]::new);

    private final Counter submitted;

    private final Counter started;

    private final Counter completed;

    private final Counter superseded;

    private final Counter cancelled;

    private final Counter retried;

    private final Timer wait;

    private final Timer work;

    private final Timer completion;

    private final String queue;

    private final MeterRegistry registry;

    /**
     * @param queue the tag of all of them
     */
    QueueMetrics(String queue, MeterRegistry registry) {
        this.queue = queue;
        this.registry = registry;
        this.submitted = counter("jobs.submitted", "Jobs that were stored");
        this.started = counter("jobs.started", "Starts of jobs, published by workers or derived from the report");
        this.completed = counter("jobs.completed", "Jobs that finished as COMPLETED");
        this.superseded = counter("jobs.superseded",
                "Jobs among the completed that had failed before without an accepted report: completed by a late result");
        this.cancelled = counter("jobs.cancelled", "Jobs that users cancelled");
        this.retried = counter("jobs.retried", "Retries requested by users");
        this.wait = timer("jobs.wait", "From submission, runAt or retry, or the end of a delay, to the start of work");
        this.work = timer("jobs.work", "From the start of work to completion");
        this.completion = timer("jobs.completion", "From submission, runAt or retry to completion");
        for (JobFailure cause : JobFailure.values()) {
            failures(cause);
            if (cause.isRetryable()) {
                failedAttempts(cause);
            }
        }
    }

    void changed(JobChanged change) {
        if (change.before() == null) {
            this.submitted.increment();
        }
        else if (change.before() == change.job().status()) {
            started(change.job());
        }
        else {
            moved(change.before(), change.job());
        }
    }

    void failed(JobFailed failure) {
        failures(failure.cause()).increment();
        if (failure.cause() == JobFailure.REPORTED) {
            reported(failure.job());
        }
    }

    void failed(AttemptFailed failure) {
        failedAttempts(failure.cause()).increment();
        if (failure.cause() == JobFailure.REPORTED) {
            reported(failure.job());
        }
    }

    private void started(Job job) {
        if (job.status() == JobStatus.PENDING && job.startedAt() != null) {
            this.started.increment();
            waited(job, job.startedAt());
        }
    }

    private void waited(Job job, Instant startedAt) {
        this.wait.record(Duration.between(job.waitingSince(), startedAt));
    }

    private void moved(JobStatus before, Job job) {
        switch (job.status()) {
            case COMPLETED -> {
                completed(job);
                if (before == JobStatus.FAILED) {
                    this.superseded.increment();
                }
            }
            case CANCELLED -> this.cancelled.increment();
            case PENDING -> this.retried.increment();
            case FAILED -> {
                // counted by JobFailed, which has the cause
            }
        }
    }

    private void completed(Job job) {
        Instant end = Objects.requireNonNullElse(job.completedAt(), job.updatedAt());
        this.completed.increment();
        reported(job);
        this.completion.record(Duration.between(job.requestedAt(), end));
        if (job.startedAt() != null) {
            this.work.record(Duration.between(job.startedAt(), end));
        }
    }

    /**
     * A quick job is reported before its JobStarted arrives, which then changes nothing.
     */
    private void reported(Job job) {
        if (!job.wasSeenRunning()) {
            this.started.increment();
            if (job.startedAt() != null) {
                waited(job, job.startedAt());
            }
        }
    }

    private Counter failures(JobFailure cause) {
        return Counter.builder("jobs.failed")
            .description("Jobs that finished as FAILED")
            .tag("queue", this.queue)
            .tag("reason", cause.code())
            .register(this.registry);
    }

    private Counter failedAttempts(JobFailure cause) {
        return Counter.builder("jobs.attempts.failed")
            .description("Failed attempts that the retry policy follows by another: their jobs are PENDING")
            .tag("queue", this.queue)
            .tag("reason", cause.code())
            .register(this.registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).tag("queue", this.queue).register(this.registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
            .description(description)
            .tag("queue", this.queue)
            .serviceLevelObjectives(SECONDS)
            .register(this.registry);
    }

}
