package dev.jobprocessor.api.jobs;

import java.time.Instant;

import org.bson.types.ObjectId;

/**
 * That an attempt was started.
 *
 * @param worker its name, cut after {@value #MAX_WORKER_LENGTH} characters
 * @param at by the worker's clock
 */
public record AttemptStart(String worker, Instant at) {

    static final int MAX_WORKER_LENGTH = 200;

    public AttemptStart {
        worker = Prefix.of(worker, MAX_WORKER_LENGTH);
    }

    /**
     * A worker's clock may be wrong: a start before the job's creation or in the future
     * counts as now.
     */
    Instant plausible(String jobId, Instant now) {
        return (ObjectId.isValid(jobId) && !this.at.isBefore(made(jobId)) && !this.at.isAfter(now)) ? this.at : now;
    }

    private static Instant made(String jobId) {
        return Instant.ofEpochSecond(new ObjectId(jobId).getTimestamp());
    }

}
