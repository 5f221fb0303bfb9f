package dev.jobprocessor.api.waits;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.JobAudience;
import dev.jobprocessor.api.jobs.JobChanged;
import dev.jobprocessor.api.jobs.JobDeleted;
import dev.jobprocessor.api.jobs.JobFollowers;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.jobs.JobView;
import dev.jobprocessor.api.jobs.Jobs;
import dev.jobprocessor.api.jobs.JobsChangedElsewhere;
import dev.jobprocessor.api.shutdown.ShutdownPhases;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The calls that wait until a job ends. Events of this instance and pushes of the others
 * end a wait; one query now and then, for all of them, finds what no push told. No thread
 * waits. Once this instance stops, all end.
 */
@Component
class JobWaits implements JobAudience, SmartLifecycle {

    /** How many responses are begun at the same time, each of which reads its job. */
    private static final int RESPONSES = 32;

    /** What reads slowly for longer counts no more. */
    private static final long RESPONSE_MILLIS = 250;

    private static final Duration[] BUCKETS = Stream.of(2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
        .map(Duration::ofMillis)
        .toArray(Duration[]::new);

    private final JobFollowers<JobWait> waits = new JobFollowers<>();

    private final AtomicInteger open = new AtomicInteger();

    private final Semaphore responses = new Semaphore(RESPONSES, true);

    private final Jobs jobs;

    private final DatabaseErrors databaseErrors;

    private final int limit;

    private final Counter refused;

    private final Timer responding;

    private volatile boolean running;

    JobWaits(Jobs jobs, DatabaseErrors databaseErrors, WaitSettings settings, MeterRegistry meters) {
        this.jobs = jobs;
        this.databaseErrors = databaseErrors;
        this.limit = settings.limit();
        Gauge.builder("jobs.waits", this.open, AtomicInteger::get)
            .description("Calls that wait for a job to end")
            .register(meters);
        this.refused = Counter.builder("jobs.waits.refused")
            .description("Calls that were answered at once: too many waited, or this instance stops")
            .register(meters);
        this.responding = Timer.builder("jobs.waits.responses")
            .description("From what ends a wait, such as a push, to the end of its response")
            .serviceLevelObjectives(BUCKETS)
            .register(meters);
    }

    /**
     * Begins to wait for a job, unless it has ended; nothing is missed from then on.
     * @return empty where too many wait already
     */
    Optional<JobWait> begin(String id, Duration time) {
        if (this.open.incrementAndGet() > this.limit || !this.running) {
            this.open.decrementAndGet();
            this.refused.increment();
            return Optional.empty();
        }
        JobWait wait = new JobWait(this, id, System.nanoTime() + time.toNanos());
        this.waits.add(id, wait);
        endUnlessOpen(wait);
        return Optional.of(wait);
    }

    /** What cannot be read now is looked up later. */
    private void endUnlessOpen(JobWait wait) {
        try {
            if (!this.running || this.jobs.open(List.of(wait.id())).isEmpty()) {
                wait.end(Optional.empty());
            }
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("Whether a job that a call waits for has ended is looked up later", ex);
        }
    }

    void remove(JobWait wait) {
        this.open.decrementAndGet();
        this.waits.remove(wait.id(), wait);
    }

    /** Many may end together: a few responses at a time get what these need. */
    void respond(JobWait wait, Runnable response) {
        Timer.Sample sample = Timer.start();
        wait.onClose(() -> sample.stop(this.responding));
        Thread.ofVirtual().name("wait-", 0).start(() -> {
            this.responses.acquireUninterruptibly();
            try {
                if (!wait.isClosed()) {
                    response.run();
                    wait.awaitClose(RESPONSE_MILLIS);
                }
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
            finally {
                this.responses.release();
            }
        });
    }

    @Override
    public boolean isPresent() {
        return this.open.get() > 0;
    }

    @EventListener
    void changed(JobChanged change) {
        if (change.job().status() != JobStatus.PENDING) {
            end(change.job().id(), () -> Optional.of(JobView.summary(change.job())));
        }
    }

    @EventListener
    void deleted(JobDeleted deletion) {
        endUnknown(deletion.id());
    }

    @EventListener
    void changedElsewhere(JobsChangedElsewhere changes) {
        changes.jobs()
            .stream()
            .filter((job) -> job.status() != JobStatus.PENDING)
            .forEach((job) -> end(job.id(), () -> Optional.of(job)));
        changes.deleted().forEach(this::endUnknown);
    }

    private void endUnknown(String id) {
        end(id, Optional::empty);
    }

    /** Most jobs that end are not waited for. */
    private void end(String id, Supplier<Optional<JobView>> job) {
        Set<JobWait> waiting = this.waits.of(id);
        if (!waiting.isEmpty()) {
            Optional<JobView> ended = job.get();
            waiting.forEach((wait) -> wait.end(ended));
        }
    }

    @Scheduled(fixedDelay = 100)
    void endOverdue() {
        long now = System.nanoTime();
        this.waits.each((wait) -> {
            if (wait.isDue(now)) {
                wait.end(Optional.empty());
            }
        });
    }

    /** A push may be lost, and an instance sends no more than it can. */
    @Scheduled(fixedDelay = 2000)
    void lookUp() {
        try {
            this.waits.lookUp((ids) -> {
                Set<String> open = this.jobs.open(ids);
                ids.stream().filter((id) -> !open.contains(id)).forEach(this::endUnknown);
            });
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("Calls that wait for jobs are looked up later", ex);
        }
    }

    @Override
    public void start() {
        this.running = true;
    }

    @Override
    public void stop() {
        this.running = false;
        this.waits.each((wait) -> wait.end(Optional.empty()));
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

    @Override
    public int getPhase() {
        return ShutdownPhases.WAITS;
    }

}
