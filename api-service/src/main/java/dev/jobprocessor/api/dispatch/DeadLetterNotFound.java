package dev.jobprocessor.api.dispatch;

import java.net.URI;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** There is no such dead letter: answered with 404. */
class DeadLetterNotFound extends ErrorResponseException {

    DeadLetterNotFound(String id) {
        super(HttpStatus.NOT_FOUND);
        setType(URI.create("urn:job-processor:dead-letter-not-found"));
        setDetail("There is no dead letter %s.".formatted(id));
    }

}
