package dev.jobprocessor.api.bulk;

import java.net.URI;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** Returned as 404. */
class OperationNotFound extends ErrorResponseException {

    OperationNotFound() {
        super(HttpStatus.NOT_FOUND);
        setType(URI.create("urn:job-processor:operation-not-found"));
        setDetail("There is no such operation; of those that ended, the last %d are kept."
            .formatted(BulkOperations.KEPT));
    }

}
