package dev.jobprocessor.api.jobs;

import java.time.Instant;

/** This instance accepted a report of what a model used for an attempt. */
public record TokensUsed(String queue, JobUsage usage, Instant at) {
}
