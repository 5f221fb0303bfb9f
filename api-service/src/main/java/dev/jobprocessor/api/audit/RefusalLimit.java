package dev.jobprocessor.api.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.jobprocessor.api.audit.AuditEntry.Outcome;
import org.bson.types.ObjectId;

/**
 * Bounds what somebody without a credential can have stored: of their refused calls of a
 * minute the first have an entry each, and one entry counts the others. Whoever is known
 * is named each time.
 */
class RefusalLimit {

    static final String ACTION = "more refused calls";

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final int max;

    private Instant start = Instant.MIN;

    private int refused;

    /**
     * @param max how many of a minute have an entry each
     */
    RefusalLimit(int max) {
        this.max = max;
    }

    /** Whether the entry is stored rather than counted. */
    synchronized boolean pass(AuditEntry entry) {
        if (entry.outcome() != Outcome.REFUSED || entry.actor() != null) {
            return true;
        }
        if (this.refused == 0) {
            this.start = entry.at();
        }
        this.refused++;
        return this.refused <= this.max;
    }

    /** Ends the minute if it has passed; returns an entry for what was only counted. */
    synchronized Optional<AuditEntry> endBefore(Instant now) {
        return (this.refused > 0 && !now.isBefore(this.start.plus(MINUTE))) ? end() : Optional.empty();
    }

    /** Ends the minute now. */
    synchronized Optional<AuditEntry> end() {
        int counted = this.refused - this.max;
        this.refused = 0;
        return (counted > 0) ? Optional.of(new AuditEntry(new ObjectId().toHexString(), this.start, null, null, ACTION,
                null, 429, Outcome.REFUSED, null, null, null, counted)) : Optional.empty();
    }

}
