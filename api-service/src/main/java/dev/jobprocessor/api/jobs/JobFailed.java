package dev.jobprocessor.api.jobs;

/** This instance ended a job FAILED. */
record JobFailed(String id, JobFailure cause) {
}
