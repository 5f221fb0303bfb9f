package dev.jobprocessor.api.jobs;

/** This instance marked a job FAILED. */
record JobFailed(Job job, JobFailure cause) {
}
