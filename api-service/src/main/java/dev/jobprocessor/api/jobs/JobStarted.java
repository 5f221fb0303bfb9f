package dev.jobprocessor.api.jobs;

import java.time.Instant;

/**
 * A worker started a job.
 *
 * @param worker its name, cut after {@value #MAX_WORKER_LENGTH} characters
 * @param startedAt by the worker's clock
 */
public record JobStarted(String jobId, int attempt, String worker, Instant startedAt) {

    static final int MAX_WORKER_LENGTH = 200;

    public JobStarted {
        worker = Prefix.of(worker, MAX_WORKER_LENGTH);
    }

}
