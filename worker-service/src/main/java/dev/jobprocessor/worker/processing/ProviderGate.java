package dev.jobprocessor.worker.processing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

import dev.jobprocessor.worker.callback.ProviderLimit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps calls from a provider that wants none for a while, is unavailable, or whose limit
 * is reached. A provider's limits are those of all jobs, so one refusal speaks for them:
 * it halves how many calls are in flight, to which each success adds.
 */
final class ProviderGate {

    private static final Logger log = LoggerFactory.getLogger(ProviderGate.class);

    private static final Duration MIN_OUTAGE = Duration.ofSeconds(5);

    private static final Duration MAX_OUTAGE = Duration.ofMinutes(1);

    /** How long calls are spread at first and after a refusal. */
    private static final Duration CAUTION = Duration.ofMinutes(1);

    /** Long enough to be refused before the next call is made. */
    private static final Duration SPACING = Duration.ofMillis(100);

    /** From here on, how many calls are in flight is no limit. */
    private static final int MANY = 1000;

    private static final String LIMITED = "The limit of calls a minute is reached";

    private final InstantSource time;

    private Instant opens = Instant.EPOCH;

    private Instant cautiousUntil;

    private Instant nextStart = Instant.EPOCH;

    private Duration outage = Duration.ZERO;

    private @Nullable Duration giveUpAfter;

    private String reason = "";

    /** Since when the provider has accepted no call; null where it did last. */
    private @Nullable Instant limitedSince;

    private final CallRate rate;

    private final TokenRate tokens;

    /** Starts of calls that were granted, and have not begun. */
    private final ArrayDeque<Instant> granted = new ArrayDeque<>();

    private int inFlight;

    private double concurrency = Integer.MAX_VALUE;

    ProviderGate(InstantSource time, RateLimit limit) {
        this.time = time;
        this.rate = new CallRate(limit.requests());
        this.tokens = new TokenRate(limit.tokens());
        this.cautiousUntil = time.instant().plus(CAUTION);
    }

    /**
     * Closes the gate, which never opens it sooner, as the provider refused a call.
     * @param pause zero where the provider does not say how long
     * @return what becomes of the job whose call was refused
     */
    synchronized Outcome.Deferred pause(Duration pause, String reason) {
        this.rate.refused(this.time.instant(), !isOpen());
        if (isOpen()) {
            this.concurrency = Math.max(1, this.inFlight / 2.0);
        }
        return pause.isZero() ? outage(reason) : close(pause, null, reason);
    }

    /** Closes the gate for longer each time, until a call succeeds. */
    Outcome.Deferred outage(String reason) {
        return outage(null, reason);
    }

    /**
     * Closes the gate in the same way.
     * @param giveUpAfter how long a job may be deferred for this reason
     */
    synchronized Outcome.Deferred outage(@Nullable Duration giveUpAfter, String reason) {
        if (isOpen()) {
            Duration longer = this.outage.isZero() ? MIN_OUTAGE : this.outage.multipliedBy(2);
            this.outage = (longer.compareTo(MAX_OUTAGE) > 0) ? MAX_OUTAGE : longer;
        }
        return close(this.outage, giveUpAfter, reason);
    }

    private Outcome.Deferred close(Duration pause, @Nullable Duration giveUpAfter, String reason) {
        Instant now = this.time.instant();
        Instant opens = now.plus(pause);
        this.limitedSince = Objects.requireNonNullElse(this.limitedSince, now);
        if (isOpen()) {
            log.warn("No calls for {} s: {}", pause.toSeconds(), reason);
        }
        if (opens.isAfter(this.opens)) {
            this.opens = opens;
            this.nextStart = opens;
            this.cautiousUntil = opens.plus(CAUTION);
            this.granted.clear();
            this.giveUpAfter = giveUpAfter;
            this.reason = reason;
        }
        return deferred();
    }

    /**
     * The provider accepted a call.
     * @param start as {@link #begin} returned it
     */
    synchronized void succeeded(Instant start) {
        this.outage = Duration.ZERO;
        this.limitedSince = isOpen() ? null : this.limitedSince;
        this.rate.accepted(start, this.time.instant());
        this.concurrency = Math.min(Integer.MAX_VALUE, this.concurrency + 1 / this.concurrency);
    }

    synchronized void used(long tokens) {
        this.tokens.used(this.time.instant(), tokens);
    }

    /**
     * Begins a call, which has to {@link #end}.
     * @return its start; null where none may begin now: the job is to be deferred
     */
    synchronized @Nullable Instant begin() {
        Instant now = this.time.instant();
        Instant start = this.granted.pollFirst();
        if (start == null && closedFor(now).isZero()) {
            this.rate.started(now);
            start = now;
        }
        this.inFlight += (start != null) ? 1 : 0;
        return start;
    }

    synchronized void end(Instant start) {
        this.rate.ended(start);
        this.inFlight--;
    }

    synchronized boolean isOpen() {
        return !this.time.instant().isBefore(this.opens);
    }

    /**
     * What becomes of a job whose call may not begin: not all come again in the same
     * instant.
     */
    synchronized Outcome.Deferred deferred() {
        Duration wait = closedFor(this.time.instant());
        long jitter = ThreadLocalRandom.current().nextLong(1000 + wait.toMillis() / 4);
        return isOpen() ? new Outcome.Deferred(wait.plusMillis(jitter), null, LIMITED)
                : new Outcome.Deferred(wait.plusMillis(jitter), this.giveUpAfter, this.reason);
    }

    /** What keeps calls from beginning; null where nothing does. */
    synchronized @Nullable ProviderLimit limit() {
        Instant now = this.time.instant();
        Duration wait = closedFor(now);
        Integer calls = (this.concurrency < MANY) ? (int) this.concurrency : null;
        if (this.limitedSince != null) {
            return new ProviderLimit(this.reason, isOpen() ? 0 : wait.toMillis(), calls,
                    Duration.between(this.limitedSince, now).toSeconds());
        }
        boolean reached = wait.compareTo(SPACING) > 0;
        return (reached || calls != null)
                ? new ProviderLimit(reached ? LIMITED : this.reason, reached ? wait.toMillis() : 0, calls, 0) : null;
    }

    private Duration closedFor(Instant now) {
        if (!isOpen()) {
            return Duration.between(now, this.opens);
        }
        if (this.inFlight >= (int) this.concurrency) {
            return SPACING;
        }
        return longer(this.rate.closedFor(now), this.tokens.closedFor(now, this.inFlight));
    }

    private static Duration longer(Duration one, Duration other) {
        return (one.compareTo(other) > 0) ? one : other;
    }

    /**
     * Waits until a call may begin.
     * @param timeout how long to wait at most: none may begin then
     */
    void await(Duration timeout) throws InterruptedException {
        Instant end = this.time.instant().plus(timeout);
        Duration wait = grant();
        Duration left = timeout;
        while (wait.isPositive() && left.isPositive()) {
            Thread.sleep((wait.compareTo(left) < 0) ? wait : left);
            wait = grant();
            left = Duration.between(this.time.instant(), end);
        }
    }

    /** Grants a start, or returns how long there is none. */
    private synchronized Duration grant() {
        Instant now = this.time.instant();
        Duration wait = closedFor(now);
        if (now.isBefore(this.cautiousUntil)) {
            wait = longer(wait, Duration.between(now, this.nextStart));
        }
        if (wait.isPositive()) {
            return wait;
        }
        this.nextStart = now.plus(SPACING);
        this.rate.started(now);
        this.granted.addLast(now);
        return Duration.ZERO;
    }

}
