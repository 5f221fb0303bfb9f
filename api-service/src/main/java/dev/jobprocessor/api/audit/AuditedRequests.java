package dev.jobprocessor.api.audit;

import java.io.IOException;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;

import dev.jobprocessor.api.audit.AuditEntry.Outcome;
import dev.jobprocessor.api.jobs.Caller;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.util.StringUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Enters in the audit log what callers with a credential changed, and who was refused. A
 * worker's or workflow's report is in the history of its job instead.
 */
class AuditedRequests extends OncePerRequestFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private static final Set<Integer> REFUSED = Set.of(401, 403, 429);

    private final AuditLog log;

    private final RouteNames routes;

    private final Tracer tracer;

    private final Clock clock;

    AuditedRequests(AuditLog log, RouteNames routes, Tracer tracer, Clock clock) {
        this.log = log;
        this.routes = routes;
        this.tracer = tracer;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        }
        finally {
            audit(request, response);
        }
    }

    /** Looks up a session only for what has an entry. */
    private void audit(HttpServletRequest request, HttpServletResponse response) {
        Outcome outcome = outcome(request.getMethod(), response.getStatus());
        Authentication caller = (outcome != null) ? Caller.authentication() : null;
        if (outcome == Outcome.REFUSED || caller != null) {
            this.log.add(entry(request, response, caller, Objects.requireNonNull(outcome)));
        }
    }

    private static @Nullable Outcome outcome(String method, int status) {
        if (REFUSED.contains(status)) {
            return Outcome.REFUSED;
        }
        return READING.contains(method) ? null : switch (status / 100) {
            case 2 -> Outcome.DONE;
            case 5 -> Outcome.UNKNOWN;
            default -> null;
        };
    }

    private AuditEntry entry(HttpServletRequest request, HttpServletResponse response, @Nullable Authentication caller,
            Outcome outcome) {
        RouteNames.Call call = this.routes.call(request);
        return AuditEntry.of(this.clock.instant(), caller, call.action(), target(call, response), response.getStatus(),
                outcome, address(request), request.getHeader(HttpHeaders.USER_AGENT), traceId());
    }

    /** The server writes IPv6 as in a URL. */
    private static String address(HttpServletRequest request) {
        return StringUtils.deleteAny(request.getRemoteAddr(), "[]");
    }

    /** What was created is named by the response. */
    private static @Nullable String target(RouteNames.Call call, HttpServletResponse response) {
        String created = response.getHeader(HttpHeaders.LOCATION);
        return (call.target() == null && created != null) ? created.substring(created.lastIndexOf('/') + 1)
                : call.target();
    }

    private @Nullable String traceId() {
        Span span = this.tracer.currentSpan();
        return (span != null) ? span.context().traceId() : null;
    }

}
