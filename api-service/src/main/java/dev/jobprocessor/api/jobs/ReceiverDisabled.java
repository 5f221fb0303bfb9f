package dev.jobprocessor.api.jobs;

import java.time.Instant;

/**
 * Nothing is sent to a webhook's receiver any more, as it had failed for too long.
 *
 * @param receiver its host, and whose webhooks it has
 */
public record ReceiverDisabled(String receiver, Instant at) {
}
