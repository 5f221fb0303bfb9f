package dev.jobprocessor.api.jobs;

import java.net.URI;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Maps exceptions of the domain to problems. The type shows that this API refused, and
 * not a proxy in between: a worker may drop a result that is refused as
 * {@code job-not-found} or {@code job-conflict}, and no other with their status.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class JobProblems {

    private static final String RETRY_AFTER_SECONDS = "5";

    @ExceptionHandler
    ProblemDetail notFound(JobNotFound ex) {
        return problem(HttpStatus.NOT_FOUND, "job-not-found", ex);
    }

    @ExceptionHandler
    ProblemDetail conflict(JobConflict ex) {
        return problem(HttpStatus.CONFLICT, "job-conflict", ex);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> paused(QueuePaused ex) {
        return askAgain("queue-paused", ex);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> inFlight(AttemptInFlight ex) {
        return askAgain("attempt-in-flight", ex);
    }

    /** Workers do. */
    private static ResponseEntity<ProblemDetail> askAgain(String type, RuntimeException cause) {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
            .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
            .body(problem(HttpStatus.SERVICE_UNAVAILABLE, type, cause));
    }

    @ExceptionHandler
    ProblemDetail tooLarge(ResultTooLarge ex) {
        return problem(HttpStatus.CONTENT_TOO_LARGE, "result-too-large", ex);
    }

    private static ProblemDetail problem(HttpStatus status, String type, RuntimeException cause) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, cause.getMessage());
        problem.setType(URI.create("urn:job-processor:" + type));
        return problem;
    }

}
