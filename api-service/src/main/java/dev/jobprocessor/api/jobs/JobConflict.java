package dev.jobprocessor.api.jobs;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** The state of a job forbids what was asked: answered with 409. */
public class JobConflict extends ErrorResponseException {

    JobConflict(String detail) {
        super(HttpStatus.CONFLICT);
        setDetail(detail);
    }

}
