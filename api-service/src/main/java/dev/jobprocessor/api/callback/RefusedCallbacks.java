package dev.jobprocessor.api.callback;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.RefusedReports;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.dao.DataAccessException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Records why a callback is refused, where its URL or the beginning of its body names the
 * job. A workflow with a callback URL would send the same report again, so its attempt
 * finishes as FAILED; a GET, which anybody sends who opens the URL, and a call whose
 * token has expired are recorded alone. A body that was truncated may arrive complete the
 * next time.
 */
@Component
class RefusedCallbacks implements HandlerExceptionResolver, Ordered {

    private static final Set<Integer> FINAL = Set.of(400, 413, 415);

    private final RefusedReports reports;

    private final WebhookGuard guard;

    private final DatabaseErrors databaseErrors;

    RefusedCallbacks(RefusedReports reports, WebhookGuard guard, DatabaseErrors databaseErrors) {
        this.reports = reports;
        this.guard = guard;
        this.databaseErrors = databaseErrors;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
            @Nullable Object handler, Exception ex) {
        String reason = isCallback(request, handler, ex) ? reason(ex) : null;
        if (reason != null) {
            record(request, ex, reason);
        }
        return null; // handled like every other error
    }

    /** No method of the controller handles a GET, which is n8n's default. */
    private boolean isCallback(HttpServletRequest request, @Nullable Object handler, Exception ex) {
        return (ex instanceof HttpRequestMethodNotSupportedException) ? this.guard.isCallbackUrl(request)
                : handler instanceof HandlerMethod method && method.getBeanType() == CallbackController.class;
    }

    private void record(HttpServletRequest request, Exception ex, String reason) {
        CallbackUrl url = CallbackUrl.of(request);
        try {
            if (url.job() != null && url.attempt() != null && endsAttempt(ex)) {
                this.reports.fail(url.job(), url.attempt(), reason);
            }
            else {
                reported(request, url, ex).ifPresent((job) -> this.reports.record(job.id(), job.attempt(), reason));
            }
        }
        catch (DataAccessException failure) {
            this.databaseErrors.report("A refused callback is not recorded", failure);
        }
    }

    private static boolean endsAttempt(Exception ex) {
        return !(ex instanceof HttpRequestMethodNotSupportedException || ex instanceof TokenExpired);
    }

    private static Optional<ReportedJob> reported(HttpServletRequest request, CallbackUrl url, Exception ex) {
        if (url.job() != null) {
            return Optional.of(new ReportedJob(url.job(), url.attempt()));
        }
        if (ex instanceof MethodArgumentNotValidException invalid && invalid.getTarget() instanceof JobCallback callback
                && callback.jobId() != null) {
            return Optional.of(new ReportedJob(callback.jobId(), callback.attempt()));
        }
        return ReportedJob.in(BodyPrefix.of(request));
    }

    private static @Nullable String reason(Exception ex) {
        return switch ((ex instanceof MethodArgumentTypeMismatchException) ? ex
                : NestedExceptionUtils.getMostSpecificCause(ex)) {
            case MethodArgumentTypeMismatchException parameter -> parameter.getName() + " has the wrong type";
            case MethodArgumentNotValidException invalid -> invalid.getFieldErrors()
                .stream()
                .map((error) -> error.getField() + " " + error.getDefaultMessage())
                .sorted()
                .collect(Collectors.joining("; "));
            case HttpRequestMethodNotSupportedException method ->
                "Reports are sent by POST, not %s.".formatted(method.getMethod());
            case TokenExpired expired -> expired.getBody().getDetail();
            case ErrorResponse refused when FINAL.contains(refused.getStatusCode().value()) ->
                refused.getBody().getDetail();
            case DatabindException mismatch when !mismatch.getPath().isEmpty() ->
                mismatch.getPath().getFirst().getPropertyName() + " has the wrong type";
            case JacksonException json -> "The body is not JSON.";
            case HttpMessageNotReadableException missing -> "The body is missing.";
            default -> null;
        };
    }

}
