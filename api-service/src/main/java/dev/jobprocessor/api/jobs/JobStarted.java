package dev.jobprocessor.api.jobs;

import java.time.Instant;

/**
 * A worker started a job.
 *
 * @param worker its name, cut after {@value AttemptStart#MAX_WORKER_LENGTH} characters
 * @param startedAt by the worker's clock
 */
public record JobStarted(String jobId, int attempt, String worker, Instant startedAt) {

    AttemptStart start() {
        return new AttemptStart(this.worker, this.startedAt);
    }

}
