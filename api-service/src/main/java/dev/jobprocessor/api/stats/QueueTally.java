package dev.jobprocessor.api.stats;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts to be added to the stored slots of each {@link Series}.
 *
 * @param slots counts by the name of the stored field
 */
record QueueTally(Map<Slot, Map<String, Long>> slots) {

    static final String COMPLETED = "completed";

    static final String FAILED = "failed";

    /** Has a field for each range of {@link CompletionTimes} that occurred. */
    static final String WAIT = "wait";

    static final String RUN = "run";

    /** Has a field for each error code, by its {@link #key}. */
    static final String ERRORS = "errors";

    QueueTally() {
        this(new HashMap<>());
    }

    boolean isEmpty() {
        return this.slots.isEmpty();
    }

    void add(String queue, String field, Instant time, long count) {
        String name = key(queue) + "." + field;
        for (Series series : Series.values()) {
            this.slots.computeIfAbsent(new Slot(series, series.slotOf(time)), (slot) -> new HashMap<>())
                .merge(name, count, Long::sum);
        }
    }

    void addTime(String queue, String field, Instant time, Duration taken) {
        add(queue, field + "." + CompletionTimes.rangeOf(taken), time, 1);
    }

    void addAll(QueueTally other) {
        other.slots.forEach((slot, counts) -> counts.forEach((field,
                count) -> this.slots.computeIfAbsent(slot, (key) -> new HashMap<>()).merge(field, count, Long::sum)));
    }

    /**
     * As the name of a stored field, which has no point as names of queues and codes may.
     */
    static String key(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    static String nameOf(String key) {
        return new String(Base64.getUrlDecoder().decode(key), StandardCharsets.UTF_8);
    }

    /** A part of a series, and when it began. */
    record Slot(Series series, Instant start) {
    }

}
