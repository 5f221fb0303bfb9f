package dev.jobprocessor.api.output;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.JobAttempt;
import dev.jobprocessor.api.jobs.JobDocuments;
import dev.jobprocessor.api.jobs.OpenAttempt;
import dev.jobprocessor.api.jobs.OutputReported;
import dev.jobprocessor.api.jobs.OutputStored;
import dev.jobprocessor.api.shutdown.LastWrite;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Stores what running attempts write, that of all jobs together, and deletes it when they
 * have ended. Whoever reports waits for none of it, and no write is repeated: output that
 * cannot be stored is missing from what is shown until the result is there.
 */
@Component
class JobOutputs implements LastWrite {

    private final PendingOutput pending = new PendingOutput();

    /** Of which jobs there may be output, and since which attempt. */
    private final Map<String, Integer> stored = new ConcurrentHashMap<>();

    private final StoredOutput store;

    private final JobDocuments jobs;

    private final ApplicationEventPublisher events;

    private final DatabaseErrors databaseErrors;

    private final Clock clock;

    private final Counter dropped;

    JobOutputs(StoredOutput store, JobDocuments jobs, ApplicationEventPublisher events, DatabaseErrors databaseErrors,
            Clock clock, MeterRegistry registry) {
        this.store = store;
        this.jobs = jobs;
        this.events = events;
        this.databaseErrors = databaseErrors;
        this.clock = clock;
        this.dropped = Counter.builder("jobs.output.dropped")
            .description("Characters of partial output that could not be stored")
            .register(registry);
    }

    @EventListener
    void reported(OutputReported output) {
        if (!this.pending.add(output)) {
            this.dropped.increment(output.text().length());
        }
    }

    @Override
    public void stop() {
        store();
    }

    @Scheduled(fixedDelay = 250)
    void store() {
        Set<String> jobs = this.pending.jobs();
        if (!jobs.isEmpty()) {
            openAttempts(jobs).ifPresent((open) -> store(this.pending.take(jobs), open));
        }
    }

    /** Empty while the database is asked for too much, in which output waits. */
    private Optional<Map<String, OpenAttempt>> openAttempts(Set<String> jobs) {
        try {
            return Optional.of(this.jobs.openAttempts(jobs));
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("Partial output of jobs is shown later", ex);
            return Optional.empty();
        }
    }

    private void store(List<OutputReported> reported, Map<String, OpenAttempt> open) {
        try {
            storeOpen(reported, open);
        }
        catch (DataAccessException ex) {
            this.dropped.increment(reported.stream().mapToLong((output) -> output.text().length()).sum());
            this.databaseErrors.report("Partial output of jobs is not shown", ex);
        }
    }

    /** What comes late, of attempts or runs of them that are over, is ignored. */
    private void storeOpen(List<OutputReported> reported, Map<String, OpenAttempt> open) {
        Instant now = this.clock.instant();
        List<OutputChunk> chunks = reported.stream()
            .filter((output) -> wrote(open.get(output.attempt().jobId()), output))
            .map((output) -> OutputChunk.of(output, now))
            .toList();
        if (!chunks.isEmpty()) {
            chunks.forEach((chunk) -> this.stored.putIfAbsent(chunk.job(), chunk.attempt()));
            this.store.add(chunks);
            this.events.publishEvent(new OutputStored(chunks.stream().map(OutputChunk::job).distinct().toList()));
        }
    }

    private static boolean wrote(@Nullable OpenAttempt open, OutputReported output) {
        return open != null && open.wrote(output);
    }

    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void deleteEnded() {
        if (this.stored.isEmpty()) {
            return;
        }
        try {
            List<String> known = List.copyOf(this.stored.keySet());
            deleteEnded(known, this.jobs.openAttempts(known));
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("Partial output of jobs that have ended is deleted later", ex);
        }
    }

    private void deleteEnded(List<String> known, Map<String, OpenAttempt> open) {
        List<String> ended = known.stream().filter((job) -> !open.containsKey(job)).toList();
        if (!ended.isEmpty()) {
            this.store.remove(ended);
            ended.forEach(this.stored::remove);
        }
        open.forEach((job, attempt) -> {
            if (!Objects.equals(this.stored.put(job, attempt.number()), attempt.number())) {
                this.store.removeBefore(new JobAttempt(job, attempt.number()));
            }
        });
    }

    /** Looks after what instances stored that are gone. */
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.HOURS)
    void adopt() {
        try {
            this.store.jobs().forEach((job) -> this.stored.putIfAbsent(job, 0));
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("Partial output of jobs that have ended is deleted later", ex);
        }
    }

}
