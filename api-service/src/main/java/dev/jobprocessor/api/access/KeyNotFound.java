package dev.jobprocessor.api.access;

import java.net.URI;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** There is no such key: returned as 404. */
class KeyNotFound extends ErrorResponseException {

    private static final int SHOWN = 64;

    KeyNotFound(String id) {
        super(HttpStatus.NOT_FOUND);
        setType(URI.create("urn:job-processor:key-not-found"));
        setDetail("There is no key %s.".formatted((id.length() <= SHOWN) ? id : id.substring(0, SHOWN) + "…"));
    }

}
