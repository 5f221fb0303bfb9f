package dev.jobprocessor.api.http;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Adds to every problem {@code error}, the field that the original's clients read, and a
 * type where its cause gave it none: a problem without one was not made here.
 */
@Component
class ProblemFields implements ErrorResponse.Interceptor, WebMvcConfigurer {

    private static final int MAX_DETAIL_LENGTH = 500;

    private static final Map<Integer, String> TYPES = Map.of(400, "invalid-request", 401, "unauthorized", 403,
            "forbidden", 413, "request-too-large", 429, "too-many-requests", 500, "internal-error", 503, "unavailable");

    @Override
    public void addErrorResponseInterceptors(List<ErrorResponse.Interceptor> interceptors) {
        interceptors.add(this);
    }

    @Override
    public void handleError(ProblemDetail problem, @Nullable ErrorResponse response) {
        complete(problem);
    }

    static ProblemDetail complete(ProblemDetail problem) {
        problem.setDetail(shortened(problem.getDetail()));
        problem.setProperty("error", Objects.requireNonNullElse(problem.getDetail(), problem.getTitle()));
        if (problem.getType() == null || problem.getType().equals(URI.create("about:blank"))) {
            problem
                .setType(URI.create("urn:job-processor:" + TYPES.getOrDefault(problem.getStatus(), "request-refused")));
        }
        return problem;
    }

    /** Repeats at most a prefix of what was sent, cut between characters. */
    private static @Nullable String shortened(@Nullable String detail) {
        if (detail == null || detail.length() <= MAX_DETAIL_LENGTH) {
            return detail;
        }
        return detail.codePoints()
            .limit(MAX_DETAIL_LENGTH - 1)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .append('…')
            .toString();
    }

}
