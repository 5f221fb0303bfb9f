package dev.jobprocessor.api.access;

import java.time.Duration;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/**
 * A cookie that no script reads, of a session or what leads to one. Over https no other
 * host and no plain connection can set it; plain http is for loopback.
 */
class SessionCookie implements CookieSerializer {

    static final String NAME = "session";

    static final String SECURE_PREFIX = "__Host-";

    private final CookieSerializer plain;

    private final CookieSerializer secure;

    /** That of a session, which ends with the browser. */
    SessionCookie() {
        this(NAME, Duration.ofSeconds(-1));
    }

    /**
     * @param lifetime negative for one that ends with the browser
     */
    SessionCookie(String name, Duration lifetime) {
        this.plain = named(name, lifetime);
        this.secure = named(SECURE_PREFIX + name, lifetime);
    }

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
    private static CookieSerializer named(String name, Duration lifetime) {
        DefaultCookieSerializer cookie = new DefaultCookieSerializer();
        cookie.setCookieName(name);
        cookie.setCookieMaxAge((int) lifetime.toSeconds());
        cookie.setCookiePath("/");
        cookie.setSameSite("Lax");
        return cookie;
    }

}
