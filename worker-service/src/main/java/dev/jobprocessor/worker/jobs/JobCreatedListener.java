package dev.jobprocessor.worker.jobs;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import dev.jobprocessor.worker.broker.BestEffortPublisher;
import dev.jobprocessor.worker.broker.Handled;
import dev.jobprocessor.worker.broker.JobMessageHandler;
import dev.jobprocessor.worker.broker.JobRoute;
import dev.jobprocessor.worker.broker.UndeliverableException;
import dev.jobprocessor.worker.callback.Callback;
import dev.jobprocessor.worker.callback.JobReports;
import dev.jobprocessor.worker.callback.JobStart;
import dev.jobprocessor.worker.callback.JobStarts;
import dev.jobprocessor.worker.callback.ErrorCode;
import dev.jobprocessor.worker.processing.Job;
import dev.jobprocessor.worker.processing.Outcome;
import dev.jobprocessor.worker.processing.Processor;
import dev.jobprocessor.worker.processing.ResultMemory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Processes a job: publishes or claims its start, runs the processor and reports the
 * outcome.
 */
class JobCreatedListener implements JobMessageHandler<JobCreated> {

    private static final Logger log = LoggerFactory.getLogger(JobCreatedListener.class);

    /** Far less than RabbitMQ's consumer timeout of 30 minutes. */
    private static final Duration MAX_LOCAL_DEFERRAL = Duration.ofMinutes(1);

    private final Processor processor;

    private final JobStarts starts;

    private final JobReports reports;

    private final BestEffortPublisher events;

    private final JsonMapper json;

    private final ResultMemory memory;

    private final WorkSettings settings;

    private final RunningJobs running;

    private final Clock clock;

    private final InstantSource time;

    private final WorkMetrics metrics;

    private final WaitingJobs waiting = new WaitingJobs();

    JobCreatedListener(Processor processor, JobStarts starts, JobReports reports, BestEffortPublisher events,
            JsonMapper json, ResultMemory memory, WorkSettings settings, RunningJobs running, Clock clock,
            InstantSource time, WorkMetrics metrics) {
        this.processor = processor;
        this.starts = starts;
        this.reports = reports;
        this.events = events;
        this.json = json;
        this.memory = memory;
        this.settings = settings;
        this.running = running;
        this.clock = clock;
        this.time = time;
        this.metrics = metrics;
    }

    @Override
    public Handled handle(JobCreated created) throws InterruptedException, UndeliverableException {
        return handle(created, false);
    }

    @Override
    public Handled handleAgain(JobCreated created) throws InterruptedException, UndeliverableException {
        return handle(created, true);
    }

    @Override
    public int stop() {
        return this.waiting.stop();
    }

    @Override
    public void start() {
        this.waiting.start();
    }

    private Handled handle(JobCreated created, boolean again) throws InterruptedException, UndeliverableException {
        this.metrics.started();
        try {
            JobStart start = this.waiting.await(() -> awaitStart(created, again));
            return (start != null) ? process(created, start) : work(created, created.job(null), announce(created));
        }
        finally {
            this.memory.release();
            this.metrics.finished();
        }
    }

    /** Returns null where the processor needs no claim. */
    private @Nullable JobStart awaitStart(JobCreated created, boolean again) throws InterruptedException {
        this.processor.awaitReadiness();
        return this.processor.isClaimed()
                ? this.starts.claim(created.jobId(), created.attempt(), this.settings.name(), again) : null;
    }

    private Handled process(JobCreated created, JobStart start) throws InterruptedException, UndeliverableException {
        return switch (start) {
            case JobStart.Granted granted -> work(created, created.job(granted), null);
            case JobStart.Refused refused -> {
                log.info("Not started: {}", refused.reason());
                yield Handled.DONE;
            }
            case JobStart.Unavailable unavailable -> Handled.REQUEUED;
        };
    }

    /**
     * @param announced the start, which the report tells again, as it may get there first
     */
    private Handled work(JobCreated created, Job job, Callback.@Nullable Start announced)
            throws InterruptedException, UndeliverableException {
        Instant startedAt = this.time.instant();
        Outcome outcome = process(job);
        Duration taken = Duration.between(startedAt, this.time.instant());
        if (outcome == null) {
            log.info("Interrupted after {} s: the attempt was cancelled or has ended", seconds(taken));
            this.metrics.cancelled(taken);
            return Handled.DONE;
        }
        this.metrics.processed(outcome, taken);
        return handle(created, job, announced, outcome, taken);
    }

    private Handled handle(JobCreated created, Job job, Callback.@Nullable Start announced, Outcome outcome,
            Duration taken) throws InterruptedException, UndeliverableException {
        return switch (outcome) {
            case Outcome.Completed completed -> {
                log.info("Completed in {} s", seconds(taken));
                this.reports.report(
                        Callback.completed(created.jobId(), created.attempt(), completed.result(), completed.usage())
                            .with(announced));
                yield Handled.DONE;
            }
            case Outcome.Failed failed -> {
                log.info("Failed after {} s: {}", seconds(taken), failed.error());
                this.reports.report(Callback.failed(created.jobId(), created.attempt(), failed.error(), failed.code())
                    .with(announced));
                yield Handled.DONE;
            }
            case Outcome.Deferred deferred -> defer(created, job.claim(), deferred);
            case Outcome.Delegated delegated -> {
                log.info("Delegated in {} s", seconds(taken));
                yield Handled.DONE;
            }
        };
    }

    private Handled defer(JobCreated created, @Nullable String claim, Outcome.Deferred deferred)
            throws InterruptedException {
        log.info("Deferred for {} s: {}", seconds(deferred.retryAfter()), deferred.reason());
        try {
            this.reports.report(Callback.deferred(created.jobId(), created.attempt(), claim, deferred.retryAfter(),
                    deferred.giveUpAfter(), deferred.reason()));
            return Handled.DEFERRED;
        }
        catch (UndeliverableException ex) {
            return deferWithoutApi(deferred, ex.reason());
        }
    }

    /** An API of an older version accepts no deferral: the job stays on the broker. */
    private Handled deferWithoutApi(Outcome.Deferred deferred, String refusal) throws InterruptedException {
        log.warn("The job waits in this worker and is then requeued: {}", refusal);
        Duration wait = deferred.retryAfter();
        return this.waiting.await(() -> {
            Thread.sleep((wait.compareTo(MAX_LOCAL_DEFERRAL) > 0) ? MAX_LOCAL_DEFERRAL : wait);
            return Handled.REQUEUED;
        });
    }

    private Callback.Start announce(JobCreated created) {
        Callback.Start start = new Callback.Start(this.settings.name(), this.clock.instant());
        JobStarted started = new JobStarted(created.jobId(), created.attempt(), start.worker(), start.at());
        this.events.publish(JobRoute.STARTED, this.json.writeValueAsBytes(started));
        return start;
    }

    /** Returns null where the attempt ended otherwise meanwhile. */
    private @Nullable Outcome process(Job job) throws InterruptedException {
        try {
            return this.running.run(job, this.processor);
        }
        catch (RuntimeException | Error ex) {
            log.error("The processor threw an exception, the job finishes as FAILED", ex);
            return new Outcome.Failed("An unexpected error in the worker ended this job", ErrorCode.WORKER_ERROR);
        }
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).toString();
    }

}
