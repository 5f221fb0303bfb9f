package dev.jobprocessor.worker.processing;

/** What there is to do. */
public record Job(String id, String prompt, int attempt) {
}
