package dev.jobprocessor.api.live;

import java.net.URI;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** Returned as 503 or 429. */
class TooManyStreams extends ErrorResponseException {

    private TooManyStreams(HttpStatus status, String type, String detail) {
        super(status);
        setType(URI.create("urn:job-processor:" + type));
        setDetail(detail);
        getHeaders().set(HttpHeaders.RETRY_AFTER, "30");
    }

    static TooManyStreams ofInstance() {
        return new TooManyStreams(HttpStatus.SERVICE_UNAVAILABLE, "overloaded",
                "There are as many streams as this instance serves; its changes show by GET /jobs/{id}, too.");
    }

    static TooManyStreams ofCaller(int limit) {
        return new TooManyStreams(HttpStatus.TOO_MANY_REQUESTS, "too-many-requests",
                "You may have %d streams open on an instance: please close one.".formatted(limit));
    }

}
