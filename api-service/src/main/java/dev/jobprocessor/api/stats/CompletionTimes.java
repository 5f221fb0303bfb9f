package dev.jobprocessor.api.stats;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import dev.jobprocessor.api.stats.JobStats.TimeToComplete;
import org.jspecify.annotations.Nullable;

/**
 * A histogram of completion times with buckets of 10 %. A bucket counts as its middle, so
 * that values between {@link #SHORTEST} and a day are at most 5 % off.
 */
class CompletionTimes {

    /** In seconds; what takes less counts as this. */
    static final double SHORTEST = 0.1;

    static final int RANGES = 144;

    private static final double GROWTH = 1.1;

    private final TreeMap<Integer, Long> counts = new TreeMap<>();

    static int rangeOf(Duration time) {
        double steps = Math.log(time.toMillis() / 1000.0 / SHORTEST) / Math.log(GROWTH);
        return (int) Math.clamp(Math.floor(steps), 0, RANGES - 1);
    }

    void add(int range, long count) {
        this.counts.merge(range, count, Long::sum);
    }

    /** Null where no job completed. */
    @Nullable TimeToComplete toTimeToComplete() {
        return this.counts.isEmpty() ? null : new TimeToComplete(percentile(0.5), percentile(0.95));
    }

    private double percentile(double part) {
        long all = this.counts.values().stream().mapToLong(Long::longValue).sum();
        long rank = Math.max(1, (long) Math.ceil(part * all));
        for (Map.Entry<Integer, Long> range : this.counts.entrySet()) {
            rank -= range.getValue();
            if (rank <= 0) {
                return middle(range.getKey());
            }
        }
        return middle(this.counts.lastKey());
    }

    private static double middle(int range) {
        double seconds = SHORTEST * Math.pow(GROWTH, range) * (1 + GROWTH) / 2;
        return Math.round(seconds * 100) / 100.0;
    }

}
