package dev.jobprocessor.worker.processing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps calls from a provider that wants none for a while, or is unavailable. A
 * provider's limits are those of all jobs, so one refusal speaks for them.
 */
final class ProviderGate {

    private static final Logger log = LoggerFactory.getLogger(ProviderGate.class);

    private static final Duration MIN_OUTAGE = Duration.ofSeconds(5);

    private static final Duration MAX_OUTAGE = Duration.ofMinutes(1);

    /** How long calls are spread after a refusal. */
    private static final Duration CAUTION = Duration.ofMinutes(1);

    /** Long enough to be refused before the next call is made. */
    private static final Duration SPACING = Duration.ofMillis(100);

    private final InstantSource time;

    private Instant opens = Instant.MIN;

    private Instant cautiousUntil = Instant.MIN;

    private Instant nextStart = Instant.MIN;

    private Duration outage = Duration.ZERO;

    private @Nullable Duration giveUpAfter;

    private String reason = "";

    ProviderGate(InstantSource time) {
        this.time = time;
    }

    /**
     * Closes the gate, which never opens it sooner.
     * @param pause zero where the provider does not say how long
     * @return what becomes of the job whose call was refused
     */
    synchronized Outcome.Deferred pause(Duration pause, String reason) {
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
        Instant opens = this.time.instant().plus(pause);
        if (isOpen()) {
            log.warn("No calls for {} s: {}", pause.toSeconds(), reason);
        }
        if (opens.isAfter(this.opens)) {
            this.opens = opens;
            this.nextStart = opens;
            this.cautiousUntil = opens.plus(CAUTION);
            this.giveUpAfter = giveUpAfter;
            this.reason = reason;
        }
        return deferred();
    }

    synchronized void succeeded() {
        this.outage = Duration.ZERO;
    }

    synchronized boolean isOpen() {
        return !this.time.instant().isBefore(this.opens);
    }

    /**
     * What becomes of a job that meets a closed gate: not all come again in the same
     * instant.
     */
    synchronized Outcome.Deferred deferred() {
        Duration closed = Duration.between(this.time.instant(), this.opens);
        Duration wait = closed.isNegative() ? Duration.ZERO : closed;
        long jitter = ThreadLocalRandom.current().nextLong(1000 + wait.toMillis() / 4);
        return new Outcome.Deferred(wait.plusMillis(jitter), this.giveUpAfter, this.reason);
    }

    /**
     * Waits until a call may be made.
     * @param timeout how long to wait at most: the gate may still be closed then
     */
    void await(Duration timeout) throws InterruptedException {
        Instant end = this.time.instant().plus(timeout);
        Duration wait = start();
        while (wait.isPositive() && this.time.instant().plus(wait).isBefore(end)) {
            Thread.sleep(wait);
            wait = isOpen() ? Duration.ZERO : start();
        }
        if (wait.isPositive()) {
            Thread.sleep(Duration.between(this.time.instant(), end));
        }
    }

    /** Reserves a start, and returns how long it is until then. */
    private synchronized Duration start() {
        Instant now = this.time.instant();
        if (now.isAfter(this.cautiousUntil)) {
            return Duration.ZERO;
        }
        Instant start = this.nextStart.isAfter(now) ? this.nextStart : now;
        this.nextStart = start.plus(SPACING);
        return Duration.between(now, start);
    }

}
