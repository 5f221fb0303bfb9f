package dev.jobprocessor.api.jobs;

/**
 * This instance ended an attempt that nobody had reported: a worker that still runs it
 * can stop.
 */
public record AttemptEnded(JobAttempt attempt) {

    static AttemptEnded of(Job job) {
        return new AttemptEnded(new JobAttempt(job.id(), job.attempt()));
    }

}
