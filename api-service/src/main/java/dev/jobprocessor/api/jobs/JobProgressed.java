package dev.jobprocessor.api.jobs;

/** A running job made progress, reported to this instance. */
public record JobProgressed(Job job) {
}
