package dev.jobprocessor.api.live;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import dev.jobprocessor.api.jobs.JobAttempt;
import dev.jobprocessor.api.jobs.JobProgress;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.jobs.JobTries;
import dev.jobprocessor.api.jobs.JobView;
import dev.jobprocessor.api.jobs.OutputText;
import dev.jobprocessor.api.jobs.WrittenOutput;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;

/**
 * The events of one job for one client, in the order of the job's versions. Of states
 * that the client has not got, the newest alone is kept: one that reads slowly gets fewer
 * events.
 */
final class JobStream {

    /**
     * What one event has of the output at most, so that a client that does not read holds
     * little.
     */
    static final int OUTPUT_LENGTH = 16 * 1024;

    private final String id;

    private final @Nullable Authentication caller;

    private final Semaphore wake = new Semaphore(0);

    private final AtomicReference<@Nullable JobView> latest = new AtomicReference<>();

    private volatile StreamPosition position;

    /** Whether something may be stored that its client has not got. */
    private volatile boolean outputStored = true;

    private volatile boolean deleted;

    private volatile boolean ended;

    private @Nullable Stage stage;

    private @Nullable JobProgress progress;

    JobStream(String id, @Nullable Authentication caller, StreamPosition position) {
        this.id = id;
        this.caller = caller;
        this.position = position;
    }

    String id() {
        return this.id;
    }

    @Nullable Authentication caller() {
        return this.caller;
    }

    /** Starts with the job as it is: its client may have got that before. */
    void begin(JobView job) {
        if (misses(job.version())) {
            offer(job);
        }
        else {
            sent(job);
        }
    }

    /** Whether its client has not got this version yet. */
    boolean misses(long version) {
        return version > this.position.version();
    }

    void offer(JobView job) {
        this.latest.accumulateAndGet(job, JobStream::newer);
        this.wake.release();
    }

    /**
     * Lets it look for output, of which it keeps none: what it does not write is dropped.
     */
    void offerOutput() {
        this.outputStored = true;
        this.wake.release();
    }

    void delete() {
        this.deleted = true;
        this.wake.release();
    }

    /** Ends it, whatever is left to write. */
    void end() {
        this.ended = true;
        this.wake.release();
    }

    boolean hasEnded() {
        return this.ended;
    }

    /** Of two that are as new, the whole one. */
    private static @Nullable JobView newer(@Nullable JobView known, @Nullable JobView update) {
        if (known == null || update == null) {
            return (known != null) ? known : update;
        }
        boolean newer = update.version() > known.version();
        return (newer || (update.version() == known.version() && update.history() != null)) ? update : known;
    }

    /**
     * Waits until there may be something to write.
     * @return whether that was in time
     */
    boolean await(Duration time) throws InterruptedException {
        boolean woken = this.wake.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
        this.wake.drainPermits();
        return woken;
    }

    /** Whether the next event has a result, which may be large. */
    boolean hasResult() {
        JobView next = this.latest.get();
        return next != null && next.status() != JobStatus.PENDING;
    }

    /**
     * Writes what the client has not got.
     * @param whole returns the job with all that a read of it has; null where that cannot
     * be read now
     * @return whether anything may follow
     */
    boolean write(EventWriter events, UnaryOperator<@Nullable JobView> whole) throws IOException {
        JobView update = this.latest.getAndSet(null);
        if (update != null && misses(update.version()) && !writeChange(update, events, whole)) {
            return false;
        }
        if (this.deleted) {
            events.deleted(this.id);
        }
        return !this.deleted;
    }

    private boolean writeChange(JobView update, EventWriter events, UnaryOperator<@Nullable JobView> whole)
            throws IOException {
        if (isProgress(update)) {
            events.progress(this.position.withVersion(update.version()), update);
            sent(update);
            return true;
        }
        JobView job = whole.apply(update);
        if (job == null) {
            return true;
        }
        events.state(this.position.withVersion(job.version()), job);
        sent(job);
        this.outputStored = true;
        return job.status() == JobStatus.PENDING;
    }

    boolean awaitsOutput() {
        return this.outputStored && this.stage != null && this.stage.runs();
    }

    /** Reads what its client has not got of what the running attempt wrote. */
    OutputText readOutput(WrittenOutput output) {
        this.outputStored = false;
        int attempt = Objects.requireNonNull(this.stage).attempt();
        long from = (this.position.attempt() == attempt) ? this.position.offset() : 0;
        OutputText text = output.read(new JobAttempt(this.id, attempt), from);
        OutputText first = text.first(OUTPUT_LENGTH);
        if (first.next() < text.next()) {
            offerOutput();
        }
        return first;
    }

    void writeOutput(OutputText text, EventWriter events) throws IOException {
        if (!text.text().isEmpty()) {
            int attempt = Objects.requireNonNull(this.stage).attempt();
            StreamPosition next = this.position.withOutput(attempt, text.next());
            events.output(next, attempt, text);
            this.position = next;
        }
    }

    private void sent(JobView job) {
        this.stage = Stage.of(job);
        this.progress = job.progress();
        this.position = this.position.withVersion(Math.max(job.version(), this.position.version()));
    }

    /** Whether nothing else changed. */
    private boolean isProgress(JobView job) {
        return job.status() == JobStatus.PENDING && Stage.of(job).equals(this.stage) && job.progress() != null
                && !Objects.equals(job.progress(), this.progress);
    }

    /** What a state shows beside progress. */
    private record Stage(JobStatus status, int attempt, @Nullable Instant startedAt, @Nullable String worker,
            @Nullable Instant nextAttemptAt, @Nullable JobTries tries) {

        static Stage of(JobView job) {
            return new Stage(job.status(), job.attempt(), job.startedAt(), job.worker(), job.nextAttemptAt(),
                    job.tries());
        }

        boolean runs() {
            return this.status == JobStatus.PENDING && this.startedAt != null;
        }

    }

}
