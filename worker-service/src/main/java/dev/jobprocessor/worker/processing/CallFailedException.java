package dev.jobprocessor.worker.processing;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;

import dev.jobprocessor.worker.callback.ErrorCode;
import org.apache.hc.client5.http.ConnectTimeoutException;

import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;

/** A call that failed. Its reason is a sentence for the user. */
final class CallFailedException extends RuntimeException {

    private final String reason;

    private final Kind kind;

    private final ErrorCode code;

    private final Duration retryAfter;

    CallFailedException(String reason, Kind kind, ErrorCode code, Duration retryAfter) {
        super(reason);
        this.reason = reason;
        this.kind = kind;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    static CallFailedException notAnswered(String who, ResourceAccessException ex) {
        return switch (ex.getMostSpecificCause()) {
            case ConnectException unreachable -> unreachable(who);
            case NoRouteToHostException unreachable -> unreachable(who);
            case UnknownHostException unreachable -> unreachable(who);
            case ConnectTimeoutException unreachable -> unreachable(who);
            case SocketTimeoutException late -> new CallFailedException(who + " did not answer in time", Kind.FINAL,
                    ErrorCode.PROVIDER_TIMEOUT, Duration.ZERO);
            default -> new CallFailedException(who + " broke the connection", Kind.TRANSIENT, ErrorCode.PROVIDER_ERROR,
                    Duration.ZERO);
        };
    }

    private static CallFailedException unreachable(String who) {
        return new CallFailedException(who + " could not be reached", Kind.OUTAGE, ErrorCode.PROVIDER_ERROR,
                Duration.ZERO);
    }

    static String status(ClientHttpResponse response) throws IOException {
        return status(response.getStatusCode().value());
    }

    static String status(int code) {
        HttpStatus status = HttpStatus.resolve(code);
        return (status != null) ? code + " " + status.getReasonPhrase() : String.valueOf(code);
    }

    String reason() {
        return this.reason;
    }

    Kind kind() {
        return this.kind;
    }

    /** What the job fails by, unless it is deferred. */
    ErrorCode code() {
        return this.code;
    }

    /** How long the provider asks to wait; zero where it does not. */
    Duration retryAfter() {
        return this.retryAfter;
    }

    /** What the failure means for this call and for others. */
    enum Kind {

        /** The provider wants no calls for a while. */
        BUSY,

        /** The provider is unavailable for all calls. */
        OUTAGE,

        /** A retry may succeed. */
        TRANSIENT,

        /** A retry would fail again, or be charged again. */
        FINAL

    }

}
