package dev.jobprocessor.api.failures;

import java.time.Instant;
import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Failures of a period.
 *
 * @param since when it begins
 * @param jobs how many FAILED jobs were looked at, the last ones
 * @param more whether further ones failed in the period
 * @param groups those with the most jobs first
 */
@Schema(requiredProperties = { "since", "jobs", "more", "groups" })
record Failures(Instant since, long jobs, boolean more, List<FailureGroup> groups) {
}
