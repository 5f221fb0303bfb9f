package dev.jobprocessor.api.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Lazy;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenError;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Returns refusals as problems, with the header of RFC 6750, section 3. */
@Component
class AccessProblems implements AuthenticationEntryPoint, AuthenticationFailureHandler, AccessDeniedHandler {

    private final HandlerExceptionResolver problems;

    AccessProblems(@Lazy @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.problems = problems;
    }

    /** There is no credential. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal) {
        this.problems.resolveException(request, response, null, refused(HttpStatus.UNAUTHORIZED,
                "This call needs a credential: Authorization: Bearer with an API key.", "Bearer"));
    }

    /** The credential is not valid, or could not be checked. */
    @Override
    public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
            AuthenticationException refusal) {
        this.problems.resolveException(request, response, null, problem(refusal));
    }

    /** The credential is valid, its roles do not suffice. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refusal) {
        String detail = (refusal instanceof CsrfException)
                ? "A call of a page that is signed in needs its header X-XSRF-TOKEN, see GET /session."
                : "The credential does not allow this call.";
        this.problems.resolveException(request, response, null,
                refused(HttpStatus.FORBIDDEN, detail, "Bearer error=\"insufficient_scope\""));
    }

    private static Exception problem(AuthenticationException refusal) {
        if (refusal.getCause() instanceof DataAccessException unavailable) {
            return unavailable;
        }
        return (refusal instanceof AuthenticationServiceException) ? issuerUnavailable() : invalid(refusal);
    }

    private static ErrorResponseException issuerUnavailable() {
        ErrorResponseException problem = new ErrorResponseException(HttpStatus.SERVICE_UNAVAILABLE);
        problem.setDetail("The issuer of the token is unavailable, please try again.");
        problem.getHeaders().set(HttpHeaders.RETRY_AFTER, String.valueOf(Issuer.PAUSE.toSeconds()));
        return problem;
    }

    private static ErrorResponseException invalid(AuthenticationException refusal) {
        BearerTokenError error = (refusal instanceof OAuth2AuthenticationException known
                && known.getError() instanceof BearerTokenError token) ? token
                        : BearerTokenErrors.invalidToken("The credential is not valid");
        return refused(error.getHttpStatus(), error.getDescription() + ".",
                "Bearer error=\"%s\"".formatted(error.getErrorCode()));
    }

    private static ErrorResponseException refused(HttpStatus status, String detail, String challenge) {
        ErrorResponseException problem = new ErrorResponseException(status);
        problem.setDetail(detail);
        problem.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, challenge);
        return problem;
    }

}
