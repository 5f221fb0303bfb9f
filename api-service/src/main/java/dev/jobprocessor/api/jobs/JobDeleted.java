package dev.jobprocessor.api.jobs;

/** A job was deleted by this instance. */
public record JobDeleted(String id) {
}
