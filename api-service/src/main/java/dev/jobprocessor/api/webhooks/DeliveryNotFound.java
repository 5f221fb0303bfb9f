package dev.jobprocessor.api.webhooks;

import java.net.URI;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** Returned as 404. */
class DeliveryNotFound extends ErrorResponseException {

    DeliveryNotFound() {
        super(HttpStatus.NOT_FOUND);
        setType(URI.create("urn:job-processor:delivery-not-found"));
        setDetail("The job has no such delivery.");
    }

}
