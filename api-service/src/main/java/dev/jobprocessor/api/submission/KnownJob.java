package dev.jobprocessor.api.submission;

import dev.jobprocessor.api.jobs.Job;
import org.jspecify.annotations.Nullable;

/**
 * A job that is stored under an idempotency key.
 *
 * @param fingerprint of the call that made it; null where an earlier version stored it
 * @param whole whether all jobs of its call were stored: one that is missing was deleted
 */
record KnownJob(Job job, @Nullable String fingerprint, boolean whole) {
}
