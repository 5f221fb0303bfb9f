package dev.jobprocessor.api.submission;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** A call could not be stored in time: returned as 503. */
class SubmissionUnavailable extends ErrorResponseException {

    private static final String RETRY_AFTER_SECONDS = "2";

    private SubmissionUnavailable(String detail) {
        super(HttpStatus.SERVICE_UNAVAILABLE);
        setDetail(detail);
        getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }

    static SubmissionUnavailable notAccepted() {
        return new SubmissionUnavailable("Nothing was accepted: the database does not keep up. Please try again.");
    }

    static SubmissionUnavailable unknown() {
        return new SubmissionUnavailable("The database did not respond in time. Please try again, with the same "
                + "Idempotency-Key: without one, a job may be made twice.");
    }

}
