package dev.jobprocessor.api.stats;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import dev.jobprocessor.api.database.DatabaseSettings;
import dev.jobprocessor.api.database.SharedSnapshot;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** The statistics, read at most once a second for all callers. */
@Component
class JobStatsSnapshot {

    static final Duration MAX_AGE = Duration.ofSeconds(1);

    private static final int MINUTES = 60;

    private final JobCounting counting;

    private final JobCounters counters;

    private final JobCensus census;

    private final Clock clock;

    private final SharedSnapshot<JobStats> snapshot;

    JobStatsSnapshot(JobCounting counting, JobCounters counters, JobCensus census, Clock clock,
            DatabaseSettings database) {
        this.counting = counting;
        this.counters = counters;
        this.census = census;
        this.clock = clock;
        this.snapshot = new SharedSnapshot<>(this::load, MAX_AGE, database.callTimeout());
    }

    JobStats stats() {
        return this.snapshot.get();
    }

    private JobStats load() {
        Instant now = this.clock.instant();
        this.counting.store();
        Instant first = now.truncatedTo(ChronoUnit.MINUTES).minus(MINUTES - 1, ChronoUnit.MINUTES);
        List<Document> minutes = this.counters.minutesSince(first);
        return new JobStats(JobStats.Counts.of(this.counters.statuses()), this.census.running(),
                this.census.oldestWaiting(now), perMinute(first, minutes), timeToComplete(minutes), tokens(minutes));
    }

    private static List<JobStats.Minute> perMinute(Instant first, List<Document> minutes) {
        Map<Instant, Document> byMinute = minutes.stream()
            .collect(Collectors.toMap((minute) -> minute.getDate("_id").toInstant(), Function.identity()));
        return LongStream.range(0, MINUTES)
            .mapToObj((i) -> first.plus(i, ChronoUnit.MINUTES))
            .map((minute) -> minute(minute, byMinute.getOrDefault(minute, new Document())))
            .toList();
    }

    private static JobStats.Minute minute(Instant minute, Document counts) {
        return new JobStats.Minute(minute, JobCounters.count(counts, JobTally.Minute.COMPLETED),
                JobCounters.count(counts, JobTally.Minute.FAILED));
    }

    private static JobStats.@Nullable TimeToComplete timeToComplete(List<Document> minutes) {
        CompletionTimes times = new CompletionTimes();
        minutes.stream()
            .map((minute) -> minute.get(JobTally.Minute.TIMES, Document.class))
            .filter(Objects::nonNull)
            .forEach((ranges) -> ranges.keySet()
                .forEach((range) -> times.add(Integer.parseInt(range), JobCounters.count(ranges, range))));
        return times.toTimeToComplete();
    }

    private static @Nullable List<JobStats.Tokens> tokens(List<Document> minutes) {
        TokenTotals totals = new TokenTotals();
        minutes.stream()
            .map((minute) -> minute.get(JobTally.Minute.TOKENS, Document.class))
            .filter(Objects::nonNull)
            .forEach(totals::add);
        return totals.toList();
    }

}
