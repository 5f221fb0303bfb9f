package dev.jobprocessor.api.http;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** There is no memory for a request beside the others: returned as 503. */
class Overloaded extends ErrorResponseException {

    private static final String RETRY_AFTER_SECONDS = "2";

    Overloaded(String detail) {
        super(HttpStatus.SERVICE_UNAVAILABLE);
        setType(BodyRefused.OVERLOADED);
        setDetail(detail);
        getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }

}
