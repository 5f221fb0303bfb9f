package dev.jobprocessor.api.access;

import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.LogoutConfigurer;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;

/**
 * What calls of a browser pass: forged ones are refused, and signed-in people are known.
 */
@Component
@ConditionalOnRequiredAccess
class SessionFilters {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private static final RequestMatcher SIGN_IN = PathPatternRequestMatcher.pathPattern("/session");

    private final SessionContexts contexts;

    private final CsrfCookie csrf;

    private final IssuerSignIn issuer;

    SessionFilters(SessionContexts contexts, CsrfCookie csrf, IssuerSignIn issuer) {
        this.contexts = contexts;
        this.csrf = csrf;
        this.issuer = issuer;
    }

    void add(HttpSecurity http) {
        http.securityContext((context) -> context.securityContextRepository(this.contexts))
            .csrf(this::protect)
            .logout(this::signOut);
        this.issuer.add(http);
    }

    /** The cookie is set only for who reads the token. */
    private void protect(CsrfConfigurer<HttpSecurity> forgery) {
        forgery.csrfTokenRepository(this.csrf)
            .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
            .requireCsrfProtectionMatcher(SessionFilters::isForgeable);
    }

    /**
     * Whatever a browser adds no credential to by itself, nobody can forge. It adds
     * cookies, and a password that a proxy asked for.
     */
    private static boolean isForgeable(HttpServletRequest request) {
        return !SAFE.contains(request.getMethod()) && !AccessConfiguration.hasToken(request)
                && (SIGN_IN.matches(request) || request.getRequestedSessionId() != null);
    }

    private void signOut(LogoutConfigurer<HttpSecurity> out) {
        out.logoutRequestMatcher(PathPatternRequestMatcher.pathPattern(HttpMethod.DELETE, "/session"))
            .logoutSuccessHandler(this.issuer.signOut());
    }

}
