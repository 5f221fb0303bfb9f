package dev.jobprocessor.api.jobs;

import java.time.Instant;

/**
 * A worker started a job.
 *
 * @param worker its name, of any length: {@link #start()} cuts it
 * @param startedAt by the worker's clock
 */
public record JobStarted(String jobId, int attempt, String worker, Instant startedAt) {

    AttemptStart start() {
        return new AttemptStart(this.worker, this.startedAt);
    }

}
