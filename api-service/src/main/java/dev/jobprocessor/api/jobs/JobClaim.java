package dev.jobprocessor.api.jobs;

import java.time.Instant;

/**
 * A worker may work an attempt.
 *
 * @param deadline when the attempt is given up unless it is reported
 */
public record JobClaim(Job job, Instant deadline) {
}
