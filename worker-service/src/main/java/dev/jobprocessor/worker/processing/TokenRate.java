package dev.jobprocessor.worker.processing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

import org.jspecify.annotations.Nullable;

/**
 * How many tokens calls may use in a minute. What those in flight will use is taken to be
 * the average of those before. Not thread-safe.
 */
final class TokenRate {

    /** How much one call changes the average. */
    private static final double WEIGHT = 0.2;

    private final @Nullable Integer limit;

    private final ArrayDeque<Use> uses = new ArrayDeque<>();

    private long used;

    private double average;

    TokenRate(@Nullable Integer limit) {
        this.limit = limit;
    }

    /** How long no call may start; zero where one may now. */
    Duration closedFor(Instant now, int inFlight) {
        forget(now);
        if (this.limit == null || this.uses.isEmpty() || this.used + this.average * (inFlight + 1) <= this.limit) {
            return Duration.ZERO;
        }
        return Duration.between(now, this.uses.getFirst().at().plus(CallRate.MINUTE));
    }

    private void forget(Instant now) {
        while (!this.uses.isEmpty() && !this.uses.getFirst().at().plus(CallRate.MINUTE).isAfter(now)) {
            this.used -= this.uses.removeFirst().tokens();
        }
    }

    void used(Instant now, long tokens) {
        if (this.limit != null) {
            this.uses.addLast(new Use(now, tokens));
            this.used += tokens;
            this.average = (this.average == 0) ? tokens : this.average + WEIGHT * (tokens - this.average);
        }
    }

    private record Use(Instant at, long tokens) {
    }

}
