package dev.jobprocessor.api.jobs;

/**
 * A job was deleted by this instance.
 *
 * @param before the status it had
 */
public record JobDeleted(String id, JobStatus before) {
}
