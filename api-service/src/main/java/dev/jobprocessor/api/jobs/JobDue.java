package dev.jobprocessor.api.jobs;

import java.time.Instant;

/** A job was stored and waits to be published since the given time. */
public record JobDue(Job job, Instant since) {
}
