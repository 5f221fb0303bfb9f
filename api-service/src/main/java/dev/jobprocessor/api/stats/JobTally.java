package dev.jobprocessor.api.stats;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

import dev.jobprocessor.api.jobs.JobStatus;

/**
 * Counts to be added to the stored counters.
 *
 * @param statuses jobs that came into a status, less those that left it
 * @param minutes jobs that finished, and tokens that were used, in the minute that starts
 * then
 */
record JobTally(Map<JobStatus, Long> statuses, Map<Instant, Minute> minutes) {

    JobTally() {
        this(new EnumMap<>(JobStatus.class), new HashMap<>());
    }

    boolean isEmpty() {
        return this.statuses.isEmpty() && this.minutes.isEmpty();
    }

    void add(JobStatus status, long jobs) {
        this.statuses.merge(status, jobs, Long::sum);
    }

    Minute minuteOf(Instant time) {
        return this.minutes.computeIfAbsent(time.truncatedTo(ChronoUnit.MINUTES), (minute) -> new Minute());
    }

    void addAll(JobTally other) {
        other.statuses.forEach(this::add);
        other.minutes
            .forEach((minute, counts) -> counts.fields().forEach((field, count) -> minuteOf(minute).add(field, count)));
    }

    /** Counts by the name of the stored field. */
    record Minute(Map<String, Long> fields) {

        static final String COMPLETED = "completed";

        static final String FAILED = "failed";

        /** Has a field for each range of {@link CompletionTimes} that occurred. */
        static final String TIMES = "times";

        /**
         * Has a field for each {@link QueueModel} that was used, with {@link #INPUT} and
         * {@link #OUTPUT}.
         */
        static final String TOKENS = "tokens";

        static final String INPUT = "input";

        static final String OUTPUT = "output";

        Minute() {
            this(new HashMap<>());
        }

        void add(String field, long count) {
            this.fields.merge(field, count, Long::sum);
        }

    }

}
