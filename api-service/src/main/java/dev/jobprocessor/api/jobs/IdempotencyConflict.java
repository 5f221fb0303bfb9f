package dev.jobprocessor.api.jobs;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** An idempotency key was used before, for other prompts: answered with 422. */
class IdempotencyConflict extends ErrorResponseException {

    IdempotencyConflict() {
        super(HttpStatus.UNPROCESSABLE_CONTENT);
        setDetail("This Idempotency-Key was used before, with another prompt.");
    }

}
