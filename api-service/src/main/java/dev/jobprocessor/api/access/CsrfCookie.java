package dev.jobprocessor.api.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;

/**
 * The cookie that the dashboard repeats as a header, which pages of other sites cannot.
 * Over https no other host can set it.
 */
class CsrfCookie implements CsrfTokenRepository {

    static final String NAME = "xsrf-token";

    private final CsrfTokenRepository plain = named(NAME);

    private final CsrfTokenRepository secure = named(SessionCookie.SECURE_PREFIX + NAME);

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        return of(request).generateToken(request);
    }

    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        of(request).saveToken(token, request, response);
    }

    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
        return of(request).loadToken(request);
    }

    private CsrfTokenRepository of(HttpServletRequest request) {
        return request.isSecure() ? this.secure : this.plain;
    }

    private static CsrfTokenRepository named(String name) {
        CookieCsrfTokenRepository cookie = CookieCsrfTokenRepository.withHttpOnlyFalse();
        cookie.setCookieName(name);
        cookie.setCookiePath("/");
        cookie.setCookieCustomizer((attributes) -> attributes.sameSite("Strict"));
        return cookie;
    }

}
