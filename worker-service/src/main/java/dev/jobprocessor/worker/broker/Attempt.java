package dev.jobprocessor.worker.broker;

/** One attempt at one job. */
public record Attempt(String jobId, int attempt) {
}
