package dev.jobprocessor.api.submission;

import java.net.URI;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** An idempotency key was already used for other prompts: answered with 422. */
class IdempotencyConflict extends ErrorResponseException {

    IdempotencyConflict() {
        super(HttpStatus.UNPROCESSABLE_CONTENT);
        setType(URI.create("urn:job-processor:idempotency-conflict"));
        setDetail("This Idempotency-Key was used before, with another prompt.");
    }

}
