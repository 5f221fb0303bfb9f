package dev.jobprocessor.api.webhooks;

import java.net.URI;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** Returned as 404. */
class SecretNotFound extends ErrorResponseException {

    SecretNotFound() {
        super(HttpStatus.NOT_FOUND);
        setType(URI.create("urn:job-processor:secret-not-found"));
        setDetail("No such secret signs your deliveries.");
    }

}
