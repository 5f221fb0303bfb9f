package dev.jobprocessor.worker.processing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

import org.jspecify.annotations.Nullable;

/**
 * How many calls a provider accepts in a minute: as configured, and as its refusals
 * teach. A refusal sets the limit to what was accepted in the minute before. When the
 * pause that the provider asked for is over, one call beyond the limit finds out whether
 * there is one; after a minute, and ever longer where that is refused, another, which
 * raises it by a step that doubles. Not thread-safe.
 */
final class CallRate {

    /**
     * A minute as it is counted elsewhere: calls arrive later than they start, each by
     * another time.
     */
    static final Duration MINUTE = Duration.ofSeconds(61);

    private static final int UNLIMITED = Integer.MAX_VALUE;

    private static final Duration MAX_RAISE_AFTER = MINUTE.multipliedBy(4);

    private final int configured;

    private final ArrayDeque<Instant> calls = new ArrayDeque<>();

    private int limit;

    private int step = 1;

    private Duration raiseAfter = MINUTE;

    private Instant raiseAt = Instant.MAX;

    private boolean pauseIsTrusted;

    private boolean pauseWasVain;

    private @Nullable Instant trial;

    CallRate(@Nullable Integer configured) {
        this.configured = (configured != null) ? configured : UNLIMITED;
        this.limit = this.configured;
    }

    /** How long no call may start; zero where one may now. */
    Duration closedFor(Instant now) {
        while (!this.calls.isEmpty() && !this.calls.getFirst().plus(MINUTE).isAfter(now)) {
            this.calls.removeFirst();
        }
        return (this.calls.size() < this.limit || isTrialDue(now)) ? Duration.ZERO
                : Duration.between(now, this.calls.getFirst().plus(MINUTE));
    }

    private boolean isTrialDue(Instant now) {
        return this.trial == null && this.calls.size() < this.configured
                && (this.pauseIsTrusted || !now.isBefore(this.raiseAt));
    }

    /** A call starts, as was allowed. */
    void started(Instant now) {
        if (this.calls.size() >= this.limit) {
            this.trial = now;
        }
        this.calls.addLast(now);
    }

    /** The provider accepted the call that started then. */
    void accepted(Instant start, Instant now) {
        if (!start.equals(this.trial)) {
            return;
        }
        this.limit = this.pauseIsTrusted ? this.configured : Math.min(this.configured, this.limit + this.step);
        this.step = this.pauseIsTrusted ? 1 : this.step * 2;
        this.pauseIsTrusted = false;
        this.raiseAfter = MINUTE;
        this.raiseAt = now.plus(MINUTE);
    }

    /** The call that started then has ended, one way or another. */
    void ended(Instant start) {
        if (start.equals(this.trial)) {
            this.trial = null;
        }
    }

    /**
     * The provider refused a call, and asks to pause.
     * @param expected whether another was refused before, since the last pause
     */
    void refused(Instant now, boolean expected) {
        this.calls.pollLast();
        boolean known = this.limit < this.configured;
        this.limit = Math.min(this.configured, Math.max(1, this.calls.size()));
        if (expected) {
            return;
        }
        this.pauseWasVain = known && (this.pauseWasVain || this.trial != null && this.pauseIsTrusted);
        this.pauseIsTrusted = !this.pauseWasVain;
        this.step = 1;
        Duration doubled = this.raiseAfter.multipliedBy(2);
        this.raiseAfter = !known ? MINUTE : (doubled.compareTo(MAX_RAISE_AFTER) < 0) ? doubled : MAX_RAISE_AFTER;
        this.raiseAt = now.plus(this.raiseAfter);
    }

}
