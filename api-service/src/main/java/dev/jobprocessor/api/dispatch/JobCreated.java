package dev.jobprocessor.api.dispatch;

import java.time.Instant;

import dev.jobprocessor.api.jobs.Job;

/** A job waits for a worker. */
record JobCreated(String jobId, String prompt, int attempt, Instant createdAt) {

    static JobCreated of(Job job) {
        return new JobCreated(job.id(), job.prompt(), job.attempt(), job.createdAt());
    }

}
