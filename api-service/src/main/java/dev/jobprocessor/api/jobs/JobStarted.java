package dev.jobprocessor.api.jobs;

import java.time.Instant;

/**
 * A worker began to work on a job.
 *
 * @param startedAt by the worker's clock
 */
public record JobStarted(String jobId, int attempt, String worker, Instant startedAt) {
}
