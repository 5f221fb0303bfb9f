package dev.jobprocessor.api.jobs;

import java.time.Instant;

/**
 * A worker may start an attempt.
 *
 * @param deadline when the attempt times out unless it is reported
 */
public record JobClaim(Job job, Instant deadline) {
}
