package dev.jobprocessor.api.jobs;

/** The job's state forbids the operation. */
public class JobConflict extends RuntimeException {

    public JobConflict(String message) {
        super(message);
    }

}
