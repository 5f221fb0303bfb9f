package dev.jobprocessor.api.live;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.Caller;
import dev.jobprocessor.api.jobs.Credentials;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobAudience;
import dev.jobprocessor.api.jobs.JobChanged;
import dev.jobprocessor.api.jobs.JobDeleted;
import dev.jobprocessor.api.jobs.JobFollowers;
import dev.jobprocessor.api.jobs.JobProgressed;
import dev.jobprocessor.api.jobs.JobView;
import dev.jobprocessor.api.jobs.Jobs;
import dev.jobprocessor.api.jobs.JobsChangedElsewhere;
import dev.jobprocessor.api.jobs.OutputStored;
import dev.jobprocessor.api.jobs.OutputText;
import dev.jobprocessor.api.jobs.WrittenOutput;
import dev.jobprocessor.api.shutdown.ShutdownPhases;
import dev.jobprocessor.api.waits.SilentConnection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/**
 * The open streams of events, each written by a thread of its own, which waits most of
 * the time. Events of this instance and pushes of the others wake them; one query now and
 * then, for all of them, finds what no push told.
 */
@Component
class JobStreams implements JobAudience, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(JobStreams.class);

    /** What a whole job takes that is read and written, at most. */
    private static final long RESULT_BYTES = 4 * 1024 * 1024;

    /**
     * So many read output at the same time, which takes little from what else is read.
     */
    private static final int OUTPUT_READS = 4;

    private static final int OUTPUT_READ_MILLIS = 100;

    private final JobFollowers<JobStream> streams = new JobFollowers<>();

    private final ConcurrentMap<String, Integer> callers = new ConcurrentHashMap<>();

    private final AtomicInteger open = new AtomicInteger();

    /** Results have a sixteenth of the heap together. */
    private final Semaphore results = new Semaphore(
            (int) Math.max(1, Runtime.getRuntime().maxMemory() / 16 / RESULT_BYTES), true);

    private final Semaphore outputReads = new Semaphore(OUTPUT_READS, true);

    private final Jobs jobs;

    private final WrittenOutput output;

    private final Credentials credentials;

    private final StreamSettings settings;

    private final JsonMapper mapper;

    private final DatabaseErrors databaseErrors;

    private final Counter refusedByInstance;

    private final Counter refusedByCaller;

    private volatile boolean running;

    JobStreams(Jobs jobs, WrittenOutput output, Credentials credentials, StreamSettings settings, JsonMapper mapper,
            DatabaseErrors databaseErrors, MeterRegistry meters) {
        this.jobs = jobs;
        this.output = output;
        this.credentials = credentials;
        this.settings = settings;
        this.mapper = mapper;
        this.databaseErrors = databaseErrors;
        Gauge.builder("jobs.streams", this.open, AtomicInteger::get)
            .description("Open streams of events")
            .register(meters);
        this.refusedByInstance = refused("instance", meters);
        this.refusedByCaller = refused("caller", meters);
    }

    private static Counter refused(String limit, MeterRegistry meters) {
        return Counter.builder("jobs.streams.refused")
            .description("Streams that were refused: too many were open")
            .tag("limit", limit)
            .register(meters);
    }

    /**
     * Takes a place for a stream, which gets all changes from now on; it must be
     * {@link #follow followed} or {@link #close closed}.
     * @throws TooManyStreams if the instance or the caller has as many as may be
     */
    JobStream open(String id, StreamPosition position) {
        JobStream stream = new JobStream(id, Caller.authentication(), position);
        takePlace(stream.caller());
        this.streams.add(id, stream);
        if (!this.running) {
            stream.end();
        }
        return stream;
    }

    private void takePlace(@Nullable Authentication caller) {
        if (this.open.incrementAndGet() > this.settings.limit() || !this.running) {
            this.open.decrementAndGet();
            this.refusedByInstance.increment();
            throw TooManyStreams.ofInstance();
        }
        if (caller != null && this.callers.merge(caller.getName(), 1, Integer::sum) > this.settings.maxPerCaller()) {
            returnPlace(caller);
            this.refusedByCaller.increment();
            throw TooManyStreams.ofCaller(this.settings.maxPerCaller());
        }
    }

    private void returnPlace(@Nullable Authentication caller) {
        this.open.decrementAndGet();
        if (caller != null) {
            this.callers.computeIfPresent(caller.getName(), (name, count) -> (count > 1) ? count - 1 : null);
        }
    }

    void close(JobStream stream) {
        this.streams.remove(stream.id(), stream);
        returnPlace(stream.caller());
    }

    /**
     * Writes the stream until the job or the stream ends, or its client is gone, on a
     * thread of its own.
     */
    void follow(JobStream stream, AsyncContext call) {
        Thread writer = Thread.ofVirtual().name("events-" + stream.id()).unstarted(() -> {
            writeAll(stream, call);
            close(stream);
            call.complete();
        });
        call.addListener(new LetWriterEnd(stream, writer));
        writer.start();
    }

    private void writeAll(JobStream stream, AsyncContext call) {
        try {
            write(stream, new EventWriter(call.getResponse().getOutputStream(), this.mapper),
                    SilentConnection.of(call.getRequest()));
        }
        catch (IOException | IllegalStateException ex) {
            log.debug("The client that follows job {} is gone", stream.id(), ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(JobStream stream, EventWriter events, SilentConnection silence)
            throws IOException, InterruptedException {
        events.open();
        long checked = System.nanoTime();
        while (writeChanges(stream, events)) {
            silence.begin();
            boolean woken = stream.await(this.settings.heartbeat());
            silence.end();
            if (!woken) {
                events.heartbeat();
                stream.offerOutput();
            }
            if (System.nanoTime() - checked >= this.settings.heartbeat().toNanos()) {
                checked = System.nanoTime();
                if (!this.credentials.areValid(stream.caller())) {
                    return;
                }
            }
            if (stream.hasEnded()) {
                return;
            }
        }
    }

    private boolean writeChanges(JobStream stream, EventWriter events) throws IOException, InterruptedException {
        if (!writeJob(stream, events)) {
            return false;
        }
        if (stream.awaitsOutput()) {
            writeOutput(stream, events);
        }
        return true;
    }

    private boolean writeJob(JobStream stream, EventWriter events) throws IOException, InterruptedException {
        if (!stream.hasResult()) {
            return stream.write(events, this::whole);
        }
        this.results.acquire();
        try {
            return stream.write(events, this::whole);
        }
        finally {
            this.results.release();
        }
    }

    /** Where others read, it is written later: no state waits for it. */
    private void writeOutput(JobStream stream, EventWriter events) throws IOException, InterruptedException {
        if (this.outputReads.tryAcquire(OUTPUT_READ_MILLIS, TimeUnit.MILLISECONDS)) {
            OutputText text;
            try {
                text = stream.readOutput(this.output);
            }
            catch (DataAccessException ex) {
                text = OutputText.NONE;
            }
            finally {
                this.outputReads.release();
            }
            stream.writeOutput(text, events);
        }
    }

    /** What cannot be read now is looked up later. */
    private @Nullable JobView whole(@Nullable JobView job) {
        if (job == null || job.history() != null) {
            return job;
        }
        try {
            return this.jobs.find(job.id()).map(JobView::of).orElse(null);
        }
        catch (DataAccessException ex) {
            return null;
        }
    }

    @Override
    public boolean isPresent() {
        return this.open.get() > 0;
    }

    @EventListener
    void changed(JobChanged change) {
        offer(change.job());
    }

    @EventListener
    void progressed(JobProgressed progress) {
        offer(progress.job());
    }

    @EventListener
    void deleted(JobDeleted deletion) {
        each(deletion.id(), JobStream::delete);
    }

    @EventListener
    void changedElsewhere(JobsChangedElsewhere changes) {
        changes.jobs().forEach((job) -> each(job.id(), (stream) -> stream.offer(job)));
        changes.deleted().forEach((id) -> each(id, JobStream::delete));
        offerOutput(changes.written());
    }

    @EventListener
    void stored(OutputStored output) {
        offerOutput(output.jobs());
    }

    private void offerOutput(List<String> ids) {
        ids.forEach((id) -> each(id, JobStream::offerOutput));
    }

    private void offer(Job job) {
        if (!this.streams.of(job.id()).isEmpty()) {
            JobView view = JobView.of(job);
            each(job.id(), (stream) -> stream.offer(view));
        }
    }

    private void each(String id, Consumer<JobStream> event) {
        this.streams.of(id).forEach(event);
    }

    /** A push may be lost, and an instance sends no more than it can. */
    @Scheduled(fixedDelay = 5000)
    void lookUp() {
        try {
            this.streams.lookUp(this::lookUp);
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("Jobs that are followed are looked up later", ex);
        }
    }

    private void lookUp(List<String> ids) {
        Map<String, Long> versions = this.jobs.versions(ids);
        for (String id : ids) {
            Long version = versions.get(id);
            if (version == null) {
                each(id, JobStream::delete);
            }
            else if (this.streams.of(id).stream().anyMatch((stream) -> stream.misses(version))) {
                this.jobs.find(id).ifPresent(this::offer);
            }
        }
    }

    @Override
    public void start() {
        this.running = true;
    }

    @Override
    public void stop() {
        this.running = false;
        this.streams.each(JobStream::end);
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

    @Override
    public int getPhase() {
        return ShutdownPhases.WAITS;
    }

    /**
     * Has the writer of a call whose client is gone complete it, which the server would
     * do otherwise while the writer still writes.
     */
    private record LetWriterEnd(JobStream stream, Thread writer) implements AsyncListener {

        private static final Duration TIMEOUT = Duration.ofSeconds(5);

        @Override
        public void onError(AsyncEvent event) {
            this.stream.end();
            try {
                this.writer.join(TIMEOUT);
            }
            catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
        }

        @Override
        public void onTimeout(AsyncEvent event) {
        }

        @Override
        public void onComplete(AsyncEvent event) {
        }

    }

}
