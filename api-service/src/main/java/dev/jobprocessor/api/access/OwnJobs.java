package dev.jobprocessor.api.access;

import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import dev.jobprocessor.api.jobs.Caller;
import dev.jobprocessor.api.jobs.JobNotFound;
import dev.jobprocessor.api.jobs.Jobs;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Hides the jobs of others from callers that may see no more than their own, whatever the
 * call: for them, there is no such job. Another response would show which ids exist. A
 * change of a job that a caller may only see is 403.
 */
@Component
class OwnJobs implements HandlerInterceptor, WebMvcConfigurer {

    private static final Set<String> READS = Set.of("GET", "HEAD");

    private final Jobs jobs;

    private final Caller caller;

    OwnJobs(Jobs jobs, Caller caller) {
        this.jobs = jobs;
        this.caller = caller;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/jobs/*", "/jobs/*/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                && variables.get("id") instanceof String id) {
            require(id, this.caller.readsOnly(), () -> new JobNotFound(id));
            if (!READS.contains(request.getMethod())) {
                require(id, this.caller.changesOnly(), () -> refusal(id));
            }
        }
        return true;
    }

    private void require(String id, @Nullable String submitter, Supplier<? extends RuntimeException> refusal) {
        if (submitter != null && !this.jobs.isSubmittedBy(id, submitter)) {
            throw refusal.get();
        }
    }

    private RuntimeException refusal(String id) {
        return this.jobs.find(id).isPresent() ? new JobOfAnother() : new JobNotFound(id);
    }

    /** A job that the caller may see, but not change: returned as 403. */
    static class JobOfAnother extends ErrorResponseException {

        JobOfAnother() {
            super(HttpStatus.FORBIDDEN);
            setDetail("The credential allows to change jobs that it submitted alone.");
            getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"insufficient_scope\"");
        }

    }

}
