package dev.jobprocessor.api.jobs;

/** A job was created or changed by this instance. */
public record JobChanged(Job job) {
}
