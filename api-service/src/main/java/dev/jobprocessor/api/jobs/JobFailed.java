package dev.jobprocessor.api.jobs;

/** This instance ended a job FAILED. */
record JobFailed(Job job, JobFailure cause) {
}
