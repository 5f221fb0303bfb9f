package dev.jobprocessor.api.jobs;

import java.time.Instant;

/**
 * A job is due for publication.
 *
 * @param relayFrom when the relay publishes it
 */
public record JobDue(Job job, Instant relayFrom) {
}
