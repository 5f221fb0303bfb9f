package dev.jobprocessor.api.stats;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import dev.jobprocessor.api.database.DatabaseSettings;
import dev.jobprocessor.api.database.SharedSnapshot;
import dev.jobprocessor.api.jobs.JobQueues;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The statistics of queues, read at most every few seconds for all callers. Jobs are
 * counted again once {@value #RESTS} times as long has passed as it took the last time:
 * where many wait, which makes the database slow, the figures are some seconds older.
 */
@Component
class QueueStatsSnapshot {

    static final Duration MAX_AGE = Duration.ofSeconds(2);

    private static final int RESTS = 9;

    private final QueueCensus census;

    private final QueueSlots slots;

    private final JobQueues queues;

    private final Clock clock;

    private final LongSupplier nanoTime;

    private final SharedSnapshot<List<QueueStats>> snapshot;

    private @Nullable Unfinished counted;

    private long countFrom;

    @Autowired
    QueueStatsSnapshot(QueueCensus census, QueueSlots slots, JobQueues queues, Clock clock, DatabaseSettings database) {
        this(census, slots, queues, clock, database, System::nanoTime);
    }

    QueueStatsSnapshot(QueueCensus census, QueueSlots slots, JobQueues queues, Clock clock, DatabaseSettings database,
            LongSupplier nanoTime) {
        this.census = census;
        this.slots = slots;
        this.queues = queues;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.snapshot = new SharedSnapshot<>(this::load, MAX_AGE, database.callTimeout(), nanoTime);
    }

    List<QueueStats> queues() {
        return this.snapshot.get();
    }

    private List<QueueStats> load() {
        Unfinished jobs = unfinished();
        return this.queues.queues().stream().map((queue) -> of(queue, jobs)).toList();
    }

    private synchronized Unfinished unfinished() {
        long start = this.nanoTime.getAsLong();
        Unfinished last = this.counted;
        if (last != null && start - this.countFrom < 0) {
            return last;
        }
        Instant now = this.clock.instant();
        Unfinished jobs = new Unfinished(this.census.due(now), this.census.published(), this.census.scheduled(now),
                this.census.heldBack(now), this.census.running());
        long end = this.nanoTime.getAsLong();
        this.countFrom = end + RESTS * (end - start);
        this.counted = jobs;
        return jobs;
    }

    private QueueStats of(String queue, Unfinished jobs) {
        QueueActivity hour = this.slots.activity(Series.HOUR, queue);
        long scheduled = count(jobs.scheduled(), queue);
        List<QueueCensus.Group> waiting = Stream.of(jobs.due(), jobs.published())
            .flatMap((groups) -> Stream.ofNullable(groups.get(queue)))
            .toList();
        Instant oldest = this.census.waitingSince(waiting.stream()).findFirst().orElse(null);
        return new QueueStats(queue, waiting.stream().mapToLong(QueueCensus.Group::count).sum(), scheduled,
                Math.max(0, count(jobs.heldBack(), queue) - scheduled), count(jobs.running(), queue), oldest,
                hour.completed(), hour.failed(), hour.waits(), hour.runs(), failures(hour));
    }

    private static long count(Map<String, QueueCensus.Group> groups, String queue) {
        QueueCensus.Group group = groups.get(queue);
        return (group != null) ? group.count() : 0;
    }

    private static List<QueueStats.Failures> failures(QueueActivity hour) {
        return hour.errors()
            .entrySet()
            .stream()
            .map((code) -> new QueueStats.Failures(code.getKey(), code.getValue()))
            .filter((failures) -> failures.count() > 0)
            .sorted(Comparator.comparingLong(QueueStats.Failures::count).reversed())
            .toList();
    }

    private record Unfinished(Map<String, QueueCensus.Group> due, Map<String, QueueCensus.Group> published,
            Map<String, QueueCensus.Group> scheduled, Map<String, QueueCensus.Group> heldBack,
            Map<String, QueueCensus.Group> running) {
    }

}
