package dev.jobprocessor.api.jobs;

/** This instance accepted a report of what a model used for an attempt. */
record TokensUsed(String queue, JobUsage usage) {
}
