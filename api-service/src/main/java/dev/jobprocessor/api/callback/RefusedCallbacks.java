package dev.jobprocessor.api.callback;

import java.util.Set;
import java.util.stream.Collectors;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.RefusedReports;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.dao.DataAccessException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Records why a callback is refused, where its job is known. A workflow with a callback
 * URL would send the same report again, so its attempt finishes as FAILED. A body that
 * was truncated may arrive complete the next time.
 */
@Component
class RefusedCallbacks implements HandlerExceptionResolver, Ordered {

    private static final Set<Integer> FINAL = Set.of(400, 413, 415);

    private final RefusedReports reports;

    private final DatabaseErrors databaseErrors;

    RefusedCallbacks(RefusedReports reports, DatabaseErrors databaseErrors) {
        this.reports = reports;
        this.databaseErrors = databaseErrors;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
            @Nullable Object handler, Exception ex) {
        String reason = (handler instanceof HandlerMethod method && method.getBeanType() == CallbackController.class)
                ? reason(NestedExceptionUtils.getMostSpecificCause(ex)) : null;
        if (reason != null) {
            record(CallbackUrl.of(request), ex, reason);
        }
        return null; // handled like every other error
    }

    private void record(CallbackUrl url, Exception ex, String reason) {
        try {
            if (url.job() != null && url.attempt() != null) {
                this.reports.fail(url.job(), url.attempt(), reason);
            }
            else if (ex instanceof MethodArgumentNotValidException invalid
                    && invalid.getTarget() instanceof JobCallback callback && callback.jobId() != null) {
                this.reports.record(callback.jobId(), callback.attempt(), reason);
            }
        }
        catch (DataAccessException failure) {
            this.databaseErrors.report("A refused callback is not recorded", failure);
        }
    }

    private static @Nullable String reason(Throwable cause) {
        return switch (cause) {
            case MethodArgumentNotValidException invalid -> invalid.getFieldErrors()
                .stream()
                .map((error) -> error.getField() + " " + error.getDefaultMessage())
                .sorted()
                .collect(Collectors.joining("; "));
            case ErrorResponse refused when FINAL.contains(refused.getStatusCode().value()) ->
                refused.getBody().getDetail();
            case JacksonException json when !json.getPath().isEmpty() ->
                json.getPath().getFirst().getPropertyName() + " has the wrong type";
            case JacksonException json -> "The body is not JSON.";
            case HttpMessageNotReadableException missing -> "The body is missing.";
            default -> null;
        };
    }

}
