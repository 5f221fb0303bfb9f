package dev.jobprocessor.api.jobs;

/** No job has this id. */
public class JobNotFound extends RuntimeException {

    public JobNotFound(String id) {
        super("There is no job %s.".formatted(id));
    }

}
