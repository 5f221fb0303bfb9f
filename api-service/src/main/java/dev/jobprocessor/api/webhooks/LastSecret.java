package dev.jobprocessor.api.webhooks;

import java.net.URI;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** Without it, deliveries that are pending could not be signed: returned as 409. */
class LastSecret extends ErrorResponseException {

    LastSecret() {
        super(HttpStatus.CONFLICT);
        setType(URI.create("urn:job-processor:last-secret"));
        setDetail("No other secret signs your deliveries: create one first.");
    }

}
