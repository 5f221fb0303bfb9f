package dev.jobprocessor.api.dispatch;

import java.net.URI;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** A dead letter names no job that could be worked again: answered with 409. */
class NoJobNamed extends ErrorResponseException {

    NoJobNamed() {
        super(HttpStatus.CONFLICT);
        setType(URI.create("urn:job-processor:job-conflict"));
        setDetail("The dead letter names no job: it can be discarded alone.");
    }

}
