package dev.jobprocessor.api.access;

import java.net.URI;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** Returned as 409. */
class TooManyKeys extends ErrorResponseException {

    TooManyKeys() {
        super(HttpStatus.CONFLICT);
        setType(URI.create("urn:job-processor:too-many-keys"));
        setDetail("There are %d keys. Revoked ones are deleted after %d days.".formatted(ApiKeys.MAX,
                ApiKeys.KEPT.toDays()));
    }

}
