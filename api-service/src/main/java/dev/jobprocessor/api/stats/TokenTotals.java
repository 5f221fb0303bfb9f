package dev.jobprocessor.api.stats;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.jobprocessor.api.stats.JobStats.Tokens;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Adds up the tokens of minutes, by queue and model. */
class TokenTotals {

    private final Map<String, Tokens> totals = new HashMap<>();

    /** Adds the stored counts of one minute, each under its {@link QueueModel#key}. */
    void add(Document minute) {
        minute.forEach((key, counts) -> this.totals.merge(key, tokens(QueueModel.ofKey(key), (Document) counts),
                Tokens::plus));
    }

    private static Tokens tokens(QueueModel used, Document counts) {
        return new Tokens(used.queue(), used.model(), JobCounters.count(counts, JobTally.Minute.INPUT),
                JobCounters.count(counts, JobTally.Minute.OUTPUT));
    }

    /** The most used first; null where no tokens were. */
    @Nullable List<Tokens> toList() {
        List<Tokens> used = this.totals.values()
            .stream()
            .filter((tokens) -> tokens.total() > 0)
            .sorted(Comparator.comparingLong(Tokens::total).reversed())
            .toList();
        return used.isEmpty() ? null : used;
    }

}
