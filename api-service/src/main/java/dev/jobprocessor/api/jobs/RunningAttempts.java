package dev.jobprocessor.api.jobs;

import java.time.Instant;

/** What workers run, as far as their heartbeats say. */
public interface RunningAttempts {

    /**
     * Whether a worker that claimed an attempt still runs it: it is not lost, and its
     * last heartbeat lists the attempt, or is too old to.
     */
    boolean mayRun(String worker, JobAttempt attempt, Instant claimedAt);

}
