package dev.jobprocessor.api.jobs;

/** Another worker still runs this attempt, whose message was redelivered. */
public class AttemptInFlight extends RuntimeException {

    AttemptInFlight(JobAttempt attempt, String worker) {
        super("Job %s: attempt %d is still run by the worker %s.".formatted(attempt.jobId(), attempt.attempt(),
                worker));
    }

}
