package dev.jobprocessor.api.jobs;

import java.time.Instant;

/**
 * A job is due for publication.
 *
 * @param relayFrom from when it is the relay's to publish
 */
public record JobDue(Job job, Instant relayFrom) {
}
