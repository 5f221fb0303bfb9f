package dev.jobprocessor.api.jobs;

import java.util.List;

/**
 * The jobs of one call, in the order of its prompts.
 *
 * @param replayed whether an earlier call with the same idempotency key made them
 */
record Submission(List<Job> jobs, boolean replayed) {
}
