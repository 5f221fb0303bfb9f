package dev.jobprocessor.api.http;

import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.ForwardedHeaderFilter;

/**
 * Puts the sub-path under which a proxy serves all this, {@value #HEADER}, before the
 * paths of Location and Link. {@link TrustedProxies} reads scheme, port and client.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
@ConditionalOnProperty(name = "server.forward-headers-strategy", havingValue = "native")
class ForwardedPrefix extends ForwardedHeaderFilter {

    private static final String HEADER = "X-Forwarded-Prefix";

    private static final Set<String> OTHERS = Set.of("forwarded", "x-forwarded-host", "x-forwarded-port",
            "x-forwarded-proto", "x-forwarded-ssl", "x-forwarded-for");

    /** Several proxies separate theirs by commas. */
    private static final Pattern PATHS = Pattern.compile("(?:/[\\w~-][\\w.~-]*)+/?(?: *, *(?:/[\\w~-][\\w.~-]*)+/?)*");

    /** What is no path is ignored: without a proxy, anybody may send it. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        List<String> prefixes = Collections.list(request.getHeaders(HEADER));
        return prefixes.isEmpty() || !prefixes.stream().allMatch((prefix) -> PATHS.matcher(prefix).matches());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        super.doFilterInternal(new PrefixAlone(request), response, chain);
    }

    private static final class PrefixAlone extends HttpServletRequestWrapper {

        PrefixAlone(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            return isHidden(name) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            return Collections.enumeration(
                    Collections.list(super.getHeaderNames()).stream().filter((name) -> !isHidden(name)).toList());
        }

        private static boolean isHidden(String name) {
            return OTHERS.contains(name.toLowerCase(Locale.ROOT));
        }

    }

}
