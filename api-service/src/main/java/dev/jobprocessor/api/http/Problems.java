package dev.jobprocessor.api.http;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.jobprocessor.api.database.DatabaseErrors;
import org.eclipse.jetty.http.HttpException;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.MethodParameter;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Returns every error as {@code application/problem+json} (RFC 9457) that also carries
 * {@code error}, the field that the original's clients read, and {@code errors}, by
 * field, where fields are invalid.
 */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private static final String RETRY_AFTER_SECONDS = "2";

    private static final String UNEXPECTED = "Something went wrong here; it was logged.";

    private final DatabaseErrors databaseErrors;

    Problems(DatabaseErrors databaseErrors) {
        this.databaseErrors = databaseErrors;
    }

    @ExceptionHandler
    @Nullable ResponseEntity<Object> databaseError(DataAccessException ex, WebRequest request) {
        this.databaseErrors.report("A call fails", ex);
        if (!DatabaseErrors.isUnavailable(ex)) {
            return problem(ex, UNEXPECTED, new HttpHeaders(), HttpStatus.INTERNAL_SERVER_ERROR, request);
        }
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return problem(ex, "The database is unavailable, please try again.", headers, HttpStatus.SERVICE_UNAVAILABLE,
                request);
    }

    @ExceptionHandler
    @Nullable ResponseEntity<Object> unexpected(Exception ex, WebRequest request) {
        log.error("A call failed unexpectedly", ex);
        return problem(ex, UNEXPECTED, new HttpHeaders(), HttpStatus.INTERNAL_SERVER_ERROR, request);
    }

    @ExceptionHandler
    @Nullable ResponseEntity<Object> malformedQuery(HttpException.IllegalArgumentException ex, WebRequest request) {
        return problem(ex, "The query string is malformed.", new HttpHeaders(), HttpStatus.BAD_REQUEST, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(NoResourceFoundException ex,
            HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return problem(ex, "There is nothing at /%s.".formatted(ex.getResourcePath()), headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException ex,
            HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        BodyRefused refused = BodyRefused.causeOf(ex);
        if (refused != null) {
            return handleExceptionInternal(ex, refused.getBody(), refused.getHeaders(), refused.getStatusCode(),
                    request);
        }
        if (ex.getCause() instanceof MismatchedInputException mismatch && !mismatch.getPath().isEmpty()) {
            return invalid(ex, List.of(violation(mismatch)), headers, status, request);
        }
        return problem(ex, "The body is missing or not the JSON that is expected here.", headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(TypeMismatchException ex, HttpHeaders headers,
            HttpStatusCode status, WebRequest request) {
        String name = (ex instanceof MethodArgumentTypeMismatchException mismatch) ? mismatch.getName()
                : ex.getPropertyName();
        return problem(ex, "%s cannot be '%s'.".formatted(name, ex.getValue()), headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(MethodArgumentNotValidException ex,
            HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return invalid(ex, ex.getFieldErrors().stream().map((error) -> violation("", error)).toList(), headers, status,
                request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<Violation> violations = ex.getParameterValidationResults()
            .stream()
            .flatMap((result) -> violations(result).stream())
            .toList();
        return invalid(ex, violations, headers, status, request);
    }

    /**
     * A response that has begun cannot become a problem: the connection is closed, so
     * that the client does not take its part for the whole.
     */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(Exception ex, @Nullable Object body,
            HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        HttpServletResponse response = ((ServletWebRequest) request).getResponse();
        if (response != null && response.isCommitted()) {
            throw new ResponseCut(ex);
        }
        return super.handleExceptionInternal(ex, body, headers, status, request);
    }

    static ProblemDetail of(HttpStatus status, String detail) {
        return ProblemFields.complete(ProblemDetail.forStatusAndDetail(status, detail));
    }

    private @Nullable ResponseEntity<Object> problem(Exception ex, @Nullable String detail, HttpHeaders headers,
            HttpStatusCode status, WebRequest request) {
        ProblemDetail problem = ProblemDetail.forStatus(status);
        problem.setDetail(detail);
        return handleExceptionInternal(ex, problem, headers, status, request);
    }

    private @Nullable ResponseEntity<Object> invalid(Exception ex, List<Violation> violations, HttpHeaders headers,
            HttpStatusCode status, WebRequest request) {
        ProblemDetail problem = ProblemDetail.forStatus(status);
        problem.setDetail(
                violations.stream().map(Violation::sentence).distinct().limit(5).collect(Collectors.joining("; ")));
        problem.setProperty("errors", violations);
        return handleExceptionInternal(ex, problem, headers, status, request);
    }

    private static Violation violation(MismatchedInputException mismatch) {
        String message = (mismatch instanceof UnrecognizedPropertyException) ? "is not known"
                : expected(mismatch.getTargetType());
        return new Violation(path(mismatch.getPath()), message);
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == Instant.class) {
            return "must be a time such as 2026-11-24T09:30:00Z";
        }
        return (type == String.class) ? "must be a string" : "has the wrong type";
    }

    private static String path(List<JacksonException.Reference> path) {
        return path.stream()
            .map((step) -> (step.getPropertyName() != null) ? step.getPropertyName() : "[" + step.getIndex() + "]")
            .collect(Collectors.joining("."));
    }

    private static List<Violation> violations(ParameterValidationResult result) {
        String element = (result.getContainerIndex() != null) ? "[" + result.getContainerIndex() + "]" : "";
        if (result instanceof ParameterErrors errors) {
            String prefix = element.isEmpty() ? "" : element + ".";
            return errors.getFieldErrors().stream().map((error) -> violation(prefix, error)).toList();
        }
        String field = element.isEmpty() ? name(result.getMethodParameter()) : element;
        return result.getResolvableErrors().stream().map((error) -> new Violation(field, message(error))).toList();
    }

    private static String name(MethodParameter parameter) {
        RequestHeader header = parameter.getParameterAnnotation(RequestHeader.class);
        return (header != null) ? header.name() : Objects.requireNonNullElse(parameter.getParameterName(), "body");
    }

    private static Violation violation(String prefix, FieldError error) {
        return new Violation(prefix + error.getField(), message(error));
    }

    private static String message(MessageSourceResolvable error) {
        if (error instanceof FieldError field && field.isBindingFailure()) {
            return "cannot be '%s'".formatted(field.getRejectedValue());
        }
        return Objects.requireNonNullElse(error.getDefaultMessage(), "is not valid");
    }

    /** An invalid field. */
    record Violation(String field, String message) {

        String sentence() {
            return this.field + " " + this.message;
        }

    }

    /**
     * Thrown from a handler of exceptions, so that the servlet container has the first.
     */
    private static final class ResponseCut extends RuntimeException {

        ResponseCut(Exception cause) {
            super(cause);
        }

    }

}
