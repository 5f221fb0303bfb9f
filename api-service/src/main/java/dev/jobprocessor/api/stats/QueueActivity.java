package dev.jobprocessor.api.stats;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import dev.jobprocessor.api.stats.JobStats.TimeToComplete;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Adds up what queues did in slots of a {@link Series}. */
class QueueActivity {

    private final CompletionTimes waits = new CompletionTimes();

    private final CompletionTimes runs = new CompletionTimes();

    private final Map<String, Long> errors = new TreeMap<>();

    private long completed;

    private long failed;

    /** Adds the stored counts of a queue in a slot. */
    void add(Document counts) {
        this.completed += JobCounters.count(counts, QueueTally.COMPLETED);
        this.failed += JobCounters.count(counts, QueueTally.FAILED);
        longs(counts, QueueTally.WAIT).forEach((range, count) -> this.waits.add(Integer.parseInt(range), count));
        longs(counts, QueueTally.RUN).forEach((range, count) -> this.runs.add(Integer.parseInt(range), count));
        longs(counts, QueueTally.ERRORS)
            .forEach((key, count) -> this.errors.merge(QueueTally.nameOf(key), count, Long::sum));
    }

    private static Map<String, Long> longs(Document counts, String field) {
        Map<String, Long> longs = new HashMap<>();
        if (counts.get(field) instanceof Document stored) {
            stored.keySet().forEach((key) -> longs.put(key, JobCounters.count(stored, key)));
        }
        return longs;
    }

    long completed() {
        return this.completed;
    }

    long failed() {
        return this.failed;
    }

    @Nullable TimeToComplete waits() {
        return this.waits.toTimeToComplete();
    }

    @Nullable TimeToComplete runs() {
        return this.runs.toTimeToComplete();
    }

    /** Failures by error code. */
    Map<String, Long> errors() {
        return this.errors;
    }

}
