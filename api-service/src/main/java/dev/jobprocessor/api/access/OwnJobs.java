package dev.jobprocessor.api.access;

import java.util.Map;

import dev.jobprocessor.api.jobs.Caller;
import dev.jobprocessor.api.jobs.JobNotFound;
import dev.jobprocessor.api.jobs.Jobs;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Hides the jobs of others from callers that may see no more than their own, whatever the
 * call: for them, there is no such job. Another response would tell which ids exist.
 */
@Component
class OwnJobs implements HandlerInterceptor, WebMvcConfigurer {

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
        String submitter = this.caller.onlySubmitter();
        if (submitter != null
                && request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                && variables.get("id") instanceof String id && !this.jobs.isSubmittedBy(id, submitter)) {
            throw new JobNotFound(id);
        }
        return true;
    }

}
