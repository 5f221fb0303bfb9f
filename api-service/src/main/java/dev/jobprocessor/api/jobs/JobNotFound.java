package dev.jobprocessor.api.jobs;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** No job has this id: answered with 404. */
public class JobNotFound extends ErrorResponseException {

    public JobNotFound(String id) {
        super(HttpStatus.NOT_FOUND);
        setDetail("There is no job %s.".formatted(id));
    }

}
