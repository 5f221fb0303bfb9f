package dev.jobprocessor.api.failures;

import java.time.Instant;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Jobs of a queue that are FAILED for the same reason.
 *
 * @param failure by which {@code GET /jobs} finds them: the error code and what their
 * errors have in common
 * @param firstFailed when the first of those that were looked at failed
 * @param lastFailed when the last did
 */
@Schema(requiredProperties = { "failure", "queue", "count", "firstFailed", "lastFailed" })
record FailureGroup(String failure, String queue, long count, Instant firstFailed, Instant lastFailed) {
}
