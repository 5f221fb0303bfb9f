package dev.jobprocessor.worker.processing;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;

/** A call without a usable answer. Its reason is a sentence for the user. */
final class CallFailedException extends RuntimeException {

    private final String reason;

    private final Duration retryAfter;

    CallFailedException(String reason, Duration retryAfter) {
        super(reason);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    static CallFailedException answered(String who, ClientHttpResponse response) throws IOException {
        return new CallFailedException("%s answered %s".formatted(who, status(response)), Duration.ZERO);
    }

    static CallFailedException notAnswered(String who, ResourceAccessException ex) {
        String problem = ex.contains(ConnectException.class) ? "could not be reached"
                : ex.contains(HttpTimeoutException.class) ? "did not answer in time" : "broke the connection";
        return new CallFailedException("%s %s".formatted(who, problem), Duration.ZERO);
    }

    static String status(ClientHttpResponse response) throws IOException {
        int code = response.getStatusCode().value();
        return (response.getStatusCode() instanceof HttpStatus status) ? code + " " + status.getReasonPhrase()
                : String.valueOf(code);
    }

    String reason() {
        return this.reason;
    }

    /** How long the other side asks to wait, zero where it does not. */
    Duration retryAfter() {
        return this.retryAfter;
    }

}
