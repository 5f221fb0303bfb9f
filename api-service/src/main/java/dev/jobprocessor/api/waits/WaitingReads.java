package dev.jobprocessor.api.waits;

import java.util.Map;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Suspends {@code GET /jobs/{id}} until the job ends, where the client prefers so. Then
 * it is served as if it arrived at that moment: its credential is asked anew, and memory
 * is reserved for the job.
 */
@Component
class WaitingReads implements HandlerInterceptor, WebMvcConfigurer {

    private static final String NAME = "/jobs/{id} (wait)";

    private final WaitingCalls calls;

    WaitingReads(WaitingCalls calls) {
        this.calls = calls;
    }

    /** After those that check who calls. */
    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/jobs/*").order(Ordered.LOWEST_PRECEDENCE);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!request.getMethod().equals("GET")
                || !(request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> path)
                || !(path.get("id") instanceof String id)) {
            return true;
        }
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            WaitingCalls.name(request, NAME);
            return true;
        }
        return !this.calls.suspend(id, request, response, NAME, (call, job) -> call.dispatch());
    }

}
