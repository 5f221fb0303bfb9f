package dev.jobprocessor.api.retention;

import java.time.Duration;

/**
 * How many jobs are deleted at once: as many as take 5 ms, since submissions may wait for
 * as long.
 */
final class BatchSize {

    static final int FIRST = 25;

    static final int MAX = 200;

    static final Duration TIME = Duration.ofMillis(5);

    private int jobs = FIRST;

    int jobs() {
        return this.jobs;
    }

    /** Follows how long a whole batch took, growing twofold at most. */
    void took(Duration time) {
        double fitting = this.jobs * (double) TIME.toNanos() / Math.max(1, time.toNanos());
        this.jobs = (int) Math.max(1, Math.min(fitting, Math.min(2 * this.jobs, MAX)));
    }

}
