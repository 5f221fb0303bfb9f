package dev.jobprocessor.worker.broker;

record Attempt(String jobId, int attempt) {
}
