package dev.jobprocessor.api.jobs;

/**
 * A job was deleted by this instance.
 *
 * @param before the status it had
 * @param hadWebhook whether there may be deliveries of it
 */
public record JobDeleted(String id, JobStatus before, boolean hadWebhook) {
}
