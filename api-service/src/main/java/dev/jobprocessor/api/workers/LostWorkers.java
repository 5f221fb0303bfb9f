package dev.jobprocessor.api.workers;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.AttemptsInFlight;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Hands the jobs that a lost worker has claimed to others. Silence of all workers is a
 * failure on the way to this instance, and so is silence while it or the database was
 * unavailable: nothing is taken over then.
 */
@Component
class LostWorkers {

    private static final Logger log = LoggerFactory.getLogger(LostWorkers.class);

    static final int INTERVAL_SECONDS = 5;

    private final Workers workers;

    private final AttemptsInFlight attempts;

    private final WorkerSettings settings;

    private final Clock clock;

    private final InstantSource time;

    private final DatabaseErrors databaseErrors;

    private final Counter takenOver;

    private Instant listeningSince;

    private Instant lastLook;

    private volatile @Nullable Map<WorkerState, Long> states;

    LostWorkers(Workers workers, AttemptsInFlight attempts, WorkerSettings settings, Clock clock, InstantSource time,
            DatabaseErrors databaseErrors, MeterRegistry registry) {
        this.workers = workers;
        this.attempts = attempts;
        this.settings = settings;
        this.clock = clock;
        this.time = time;
        this.databaseErrors = databaseErrors;
        this.listeningSince = time.instant();
        this.lastLook = this.listeningSince;
        this.takenOver = Counter.builder("jobs.taken.over")
            .description("Attempts of lost workers that were followed by others")
            .register(registry);
        for (WorkerState state : WorkerState.values()) {
            Gauge.builder("workers", this, (lost) -> lost.count(state))
                .description("Workers that were heard of lately")
                .tag("state", state.label())
                .register(registry);
        }
    }

    private double count(WorkerState state) {
        Map<WorkerState, Long> states = this.states;
        return (states != null) ? states.getOrDefault(state, 0L) : Double.NaN;
    }

    @Scheduled(fixedDelay = INTERVAL_SECONDS, timeUnit = TimeUnit.SECONDS)
    void look() {
        Instant now = this.time.instant();
        if (Duration.between(this.lastLook, now).toSeconds() > 3 * INTERVAL_SECONDS) {
            this.listeningSince = now; // it was stopped
        }
        this.lastLook = now;
        try {
            look(this.workers.all(), this.clock.instant());
        }
        catch (DataAccessException ex) {
            this.listeningSince = now;
            this.states = null;
            this.databaseErrors.report("Lost workers are looked for later", ex);
        }
    }

    private void look(List<Worker> all, Instant now) {
        Map<WorkerState, List<Worker>> byState = all.stream()
            .collect(Collectors.groupingBy((worker) -> worker.state(now, this.settings.lostAfter())));
        this.states = byState.entrySet()
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, (workers) -> (long) workers.getValue().size()));
        List<Worker> lost = byState.getOrDefault(WorkerState.LOST, List.of());
        if (isListening()) {
            Set<String> served = queues(byState.getOrDefault(WorkerState.RUNNING, List.of()), (queue) -> true);
            lost.forEach((worker) -> takeOver(worker, served));
        }
        lost.forEach((worker) -> this.workers.removeUnheard(worker.name(), now.minus(this.settings.keptFor())));
    }

    private boolean isListening() {
        return Duration.between(this.listeningSince, this.lastLook).compareTo(this.settings.lostAfter()) >= 0;
    }

    /** What was handed over runs on elsewhere: its start is no longer the worker's. */
    private void takeOver(Worker lost, Set<String> served) {
        Set<String> queues = queues(List.of(lost), (queue) -> !queue.delegated());
        queues.retainAll(served);
        int jobs = queues.isEmpty() ? 0 : this.attempts.takeOver(lost.name(), queues);
        if (jobs > 0) {
            this.takenOver.increment(jobs);
            log.warn("The worker {} has been silent since {}: {} jobs that it had claimed go to others", lost.name(),
                    lost.lastHeartbeat(), jobs);
        }
    }

    private static Set<String> queues(List<Worker> workers, Predicate<WorkerQueue> which) {
        return workers.stream()
            .flatMap((worker) -> worker.queues().stream())
            .filter(which)
            .map(WorkerQueue::name)
            .collect(Collectors.toCollection(HashSet::new));
    }

}
