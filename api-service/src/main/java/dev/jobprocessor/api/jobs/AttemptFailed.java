package dev.jobprocessor.api.jobs;

/**
 * This instance recorded that an attempt failed, and scheduled another.
 *
 * @param job as it was before
 */
record AttemptFailed(Job job, JobFailure cause) {
}
