package dev.jobprocessor.api.access;

import java.net.URI;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** There is no such key: returned as 404. */
class KeyNotFound extends ErrorResponseException {

    KeyNotFound(String id) {
        super(HttpStatus.NOT_FOUND);
        setType(URI.create("urn:job-processor:key-not-found"));
        setDetail("There is no key %s.".formatted(id));
    }

}
