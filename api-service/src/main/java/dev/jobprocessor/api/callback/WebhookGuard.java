package dev.jobprocessor.api.callback;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;

import dev.jobprocessor.api.callback.WebhookMetrics.Credential;
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

/**
 * Refuses calls without the secret or a token before their body is read, and callbacks
 * with a signature that does not fit their body before it is parsed.
 */
@Component
class WebhookGuard implements HandlerInterceptor, WebMvcConfigurer {

    static final URI UNAUTHORIZED = URI.create("urn:job-processor:unauthorized");

    private static final Logger log = LoggerFactory.getLogger(WebhookGuard.class);

    /** What another feature serves to workers. */
    private static final String HEARTBEAT = "/workers/heartbeat";

    private final WebhookSecrets secrets;

    private final CallbackTokens tokens;

    private final CallbackSignatures signatures;

    private final WebhookMetrics metrics;

    WebhookGuard(WebhookSecrets secrets, CallbackTokens tokens, CallbackSignatures signatures, WebhookMetrics metrics) {
        this.secrets = secrets;
        this.tokens = tokens;
        this.signatures = signatures;
        this.metrics = metrics;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this)
            .addPathPatterns(CallbackController.PATH, CallbacksController.PATH, StartController.PATH,
                    ProgressController.PATH, HEARTBEAT);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (!isAccepted(Credential.SECRET, this.secrets.indexOf(request.getHeader(WebhookSecrets.HEADER)))
                && !isAccepted(Credential.TOKEN, tokenIndex(request)) && !isSigned(request)) {
            throw refused(request, new Unauthorized());
        }
        return true;
    }

    private boolean isSigned(HttpServletRequest request) throws IOException {
        boolean signed = CallbackController.PATH.equals(route(request))
                && isAccepted(Credential.SIGNATURE, this.signatures.indexOf(request));
        request.setAttribute(CallbackSignatures.SIGNED, signed);
        return signed;
    }

    private boolean isAccepted(Credential credential, int secret) {
        if (secret >= 0) {
            this.metrics.accepted(credential, secret);
        }
        return secret >= 0;
    }

    private int tokenIndex(HttpServletRequest request) {
        CallbackUrl url = CallbackUrl.of(request);
        int index = tokenIndex(jobOf(request, url), url);
        Instant expired = (index >= 0 && url.token() != null) ? this.tokens.expired(url.token()) : null;
        if (expired != null) {
            throw refused(request, new TokenExpired(expired));
        }
        return index;
    }

    private static ErrorResponseException refused(HttpServletRequest request, ErrorResponseException problem) {
        log.warn("A call from {} is refused: {}", request.getRemoteAddr(), problem.getBody().getDetail());
        return problem;
    }

    /**
     * Whether this is a callback's URL with an authentic token, whatever the method.
     */
    boolean isCallbackUrl(HttpServletRequest request) {
        CallbackUrl url = CallbackUrl.of(request);
        return request.getRequestURI().equals(request.getContextPath() + CallbackController.PATH)
                && tokenIndex(url.job(), url) >= 0;
    }

    private int tokenIndex(@Nullable String job, CallbackUrl url) {
        return (job != null && url.attempt() != null && url.token() != null)
                ? this.tokens.indexOf(url.token(), job, url.attempt()) : -1;
    }

    /** The job that a token may name; null for a start, which takes the secret alone. */
    private static @Nullable String jobOf(HttpServletRequest request, CallbackUrl url) {
        Object route = route(request);
        if (CallbackController.PATH.equals(route)) {
            return url.job();
        }
        return ProgressController.PATH.equals(route)
                && request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                        ? (String) variables.get("id") : null;
    }

    private static @Nullable Object route(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    }

    /** Returned as 401. */
    static class Unauthorized extends ErrorResponseException {

        Unauthorized() {
            super(HttpStatus.UNAUTHORIZED);
            setType(UNAUTHORIZED);
            setDetail("The header %s, the token of the callbackUrl or the signature is wrong or missing."
                .formatted(WebhookSecrets.HEADER));
        }

    }

}
