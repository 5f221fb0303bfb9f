package dev.jobprocessor.worker.processing;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
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
        return new CallFailedException("%s %s".formatted(who, problem(ex)), Duration.ZERO);
    }

    private static String problem(ResourceAccessException ex) {
        return switch (ex.getMostSpecificCause()) {
            case ConnectException unreachable -> "could not be reached";
            case UnknownHostException unreachable -> "could not be reached";
            case SocketTimeoutException late -> "did not answer in time";
            default -> "broke the connection";
        };
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
