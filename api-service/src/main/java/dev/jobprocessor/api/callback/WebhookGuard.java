package dev.jobprocessor.api.callback;

import java.net.URI;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Refuses calls without the secret or a token before their body is read. */
@Component
class WebhookGuard implements HandlerInterceptor, WebMvcConfigurer {

    private static final Logger log = LoggerFactory.getLogger(WebhookGuard.class);

    private final WebhookSecret secret;

    private final CallbackTokens tokens;

    WebhookGuard(WebhookSecret secret, CallbackTokens tokens) {
        this.secret = secret;
        this.tokens = tokens;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this)
            .addPathPatterns(CallbackController.PATH, StartController.PATH, ProgressController.PATH);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!this.secret.matches(request.getHeader(WebhookSecret.HEADER)) && !hasToken(request)) {
            log.warn("A call from {} is refused: {} or the URL's token is wrong or missing", request.getRemoteAddr(),
                    WebhookSecret.HEADER);
            throw new Unauthorized();
        }
        return true;
    }

    private boolean hasToken(HttpServletRequest request) {
        CallbackUrl url = CallbackUrl.of(request);
        return isTokenOf(jobOf(request, url), url);
    }

    /**
     * Whether this is a callback's URL with a token that permits it, whatever the method.
     */
    boolean isCallbackUrl(HttpServletRequest request) {
        CallbackUrl url = CallbackUrl.of(request);
        return request.getRequestURI().equals(request.getContextPath() + CallbackController.PATH)
                && isTokenOf(url.job(), url);
    }

    private boolean isTokenOf(@Nullable String job, CallbackUrl url) {
        return job != null && url.attempt() != null && url.token() != null
                && this.tokens.matches(url.token(), job, url.attempt());
    }

    /** The job that a token may name; null for a start, which takes the secret alone. */
    private static @Nullable String jobOf(HttpServletRequest request, CallbackUrl url) {
        Object route = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        if (CallbackController.PATH.equals(route)) {
            return url.job();
        }
        return ProgressController.PATH.equals(route)
                && request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                        ? (String) variables.get("id") : null;
    }

    /** Returned as 401. */
    static class Unauthorized extends ErrorResponseException {

        Unauthorized() {
            super(HttpStatus.UNAUTHORIZED);
            setType(URI.create("urn:job-processor:unauthorized"));
            setDetail("The header %s, or the token of the callbackUrl, is wrong or missing."
                .formatted(WebhookSecret.HEADER));
        }

    }

}
