package dev.jobprocessor.api.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponse;

/** The body of a request is not read, or not read on. */
final class BodyRefused extends IOException implements ErrorResponse {

    static final URI OVERLOADED = URI.create("urn:job-processor:overloaded");

    private static final String RETRY_AFTER_SECONDS = "2";

    private final HttpStatus status;

    private BodyRefused(HttpStatus status, String message) {
        super(message);
        this.status = status;
    }

    static BodyRefused tooLarge(long limit) {
        return new BodyRefused(HttpStatus.CONTENT_TOO_LARGE,
                "The body is too large: at most %,d bytes are read here.".formatted(limit));
    }

    static BodyRefused tooSlow(Duration timeout) {
        return new BodyRefused(HttpStatus.REQUEST_TIMEOUT,
                "The body did not arrive within %d seconds.".formatted(timeout.toSeconds()));
    }

    static BodyRefused outOfMemory() {
        return new BodyRefused(HttpStatus.SERVICE_UNAVAILABLE,
                "There is no memory for this body beside the others, please try again.");
    }

    static @Nullable BodyRefused causeOf(Throwable failure) {
        return (NestedExceptionUtils.getRootCause(failure) instanceof BodyRefused refused) ? refused : null;
    }

    /** Retry-After, where the same request may succeed later. */
    @Override
    public HttpHeaders getHeaders() {
        HttpHeaders headers = new HttpHeaders();
        if (this.status == HttpStatus.SERVICE_UNAVAILABLE) {
            headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return headers;
    }

    @Override
    public ProblemDetail getBody() {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(this.status, getMessage());
        if (this.status == HttpStatus.SERVICE_UNAVAILABLE) {
            problem.setType(OVERLOADED);
        }
        return problem;
    }

    @Override
    public HttpStatus getStatusCode() {
        return this.status;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

}
