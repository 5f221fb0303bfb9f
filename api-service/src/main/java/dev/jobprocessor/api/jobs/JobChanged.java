package dev.jobprocessor.api.jobs;

import org.jspecify.annotations.Nullable;

/**
 * A job was created or changed by this instance.
 *
 * @param before the status it had; null for a new job
 */
public record JobChanged(@Nullable JobStatus before, Job job) {
}
