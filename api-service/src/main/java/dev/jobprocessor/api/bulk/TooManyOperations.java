package dev.jobprocessor.api.bulk;

import java.net.URI;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** Returned as 409. */
class TooManyOperations extends ErrorResponseException {

    TooManyOperations() {
        super(HttpStatus.CONFLICT);
        setType(URI.create("urn:job-processor:too-many-operations"));
        setDetail("%d operations run: wait for one, or cancel it.".formatted(BulkOperations.MAX_RUNNING));
    }

}
