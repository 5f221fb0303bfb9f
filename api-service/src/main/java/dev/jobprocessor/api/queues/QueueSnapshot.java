package dev.jobprocessor.api.queues;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.jobprocessor.api.database.DatabaseSettings;
import dev.jobprocessor.api.database.SharedSnapshot;
import dev.jobprocessor.api.jobs.JobQueues;
import dev.jobprocessor.api.jobs.PausedQueues;

import org.springframework.stereotype.Component;

/** All queues, read at most once a second however many workers ask. */
@Component
class QueueSnapshot {

    private static final Duration MAX_AGE = Duration.ofSeconds(1);

    private final JobQueues known;

    private final PausedQueues paused;

    private final SharedSnapshot<List<QueueView>> snapshot;

    QueueSnapshot(JobQueues known, PausedQueues paused, DatabaseSettings database) {
        this.known = known;
        this.paused = paused;
        this.snapshot = new SharedSnapshot<>(this::load, MAX_AGE, database.callTimeout());
    }

    List<QueueView> queues() {
        return this.snapshot.get();
    }

    /** Makes the next reader see what changed. */
    void invalidate() {
        this.snapshot.invalidate();
    }

    private List<QueueView> load() {
        Set<String> paused = this.paused.names();
        return Stream.concat(this.known.queues().stream(), paused.stream().sorted())
            .distinct()
            .map((name) -> new QueueView(name, paused.contains(name)))
            .toList();
    }

}
