package dev.jobprocessor.api.access;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/**
 * The cookie of a session, which no script reads. Over https no other host and no plain
 * connection can set it; plain http is for loopback.
 */
class SessionCookie implements CookieSerializer {

    static final String NAME = "session";

    static final String SECURE_PREFIX = "__Host-";

    private final CookieSerializer plain = named(NAME);

    private final CookieSerializer secure = named(SECURE_PREFIX + NAME);

    @Override
    public void writeCookieValue(CookieValue value) {
        of(value.getRequest()).writeCookieValue(value);
    }

    @Override
    public List<String> readCookieValues(HttpServletRequest request) {
        return of(request).readCookieValues(request);
    }

    private CookieSerializer of(HttpServletRequest request) {
        return request.isSecure() ? this.secure : this.plain;
    }

    /** Lax, as the way back from an issuer is a navigation from another site. */
    private static CookieSerializer named(String name) {
        DefaultCookieSerializer cookie = new DefaultCookieSerializer();
        cookie.setCookieName(name);
        cookie.setCookiePath("/");
        cookie.setSameSite("Lax");
        return cookie;
    }

}
