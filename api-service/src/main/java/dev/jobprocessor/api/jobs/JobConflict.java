package dev.jobprocessor.api.jobs;

/** The state of a job forbids what was asked. */
public class JobConflict extends RuntimeException {

    public JobConflict(String message) {
        super(message);
    }

}
