package dev.jobprocessor.local;

import java.time.Duration;

/**
 * How long a service that ended waits before it is started again: a second, then twice as
 * long each time, until it once stays up for a while.
 */
final class Backoff {

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Duration STEADY = Duration.ofMinutes(1);

    private Duration next = SHORTEST;

    Duration after(Duration uptime) {
        Duration delay = (uptime.compareTo(STEADY) < 0) ? this.next : SHORTEST;
        Duration doubled = delay.multipliedBy(2);
        this.next = (doubled.compareTo(LONGEST) < 0) ? doubled : LONGEST;
        return delay;
    }

}
