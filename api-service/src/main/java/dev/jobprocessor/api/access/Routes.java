package dev.jobprocessor.api.access;

import java.util.List;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.SingleResultAuthorizationManager;
import org.springframework.security.web.access.intercept.RequestMatcherDelegatingAuthorizationManager;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

import static dev.jobprocessor.api.access.Role.ADMIN;
import static dev.jobprocessor.api.access.Role.OPERATOR;
import static dev.jobprocessor.api.access.Role.SUBMITTER;
import static dev.jobprocessor.api.access.Role.VIEWER;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;

/**
 * Who may call what; the first route that matches decides. What is {@link #open} is
 * guarded by something else, or holds no data.
 */
final class Routes {

    /**
     * What the secret of the webhook guards, or a token of one attempt. An
     * {@code Authorization} that a workflow sends there is not for this service.
     */
    private static final List<Route> WORKERS = List.of(open(POST, "/jobs/webhook/callback"),
            open(POST, "/jobs/webhook/callbacks"), open(POST, "/jobs/{id}/start"), open(POST, "/jobs/{id}/progress"),
            open(POST, "/workers/heartbeat"));

    private static final List<Route> TABLE = List.of(
            // Of one's own jobs alone, where the role is submitter.
            route(POST, "/jobs", SUBMITTER), route(GET, "/jobs", VIEWER, SUBMITTER),
            route(POST, "/jobs/batch", SUBMITTER), route(GET, "/jobs/stats", VIEWER),
            route(GET, "/jobs/stats/queues", VIEWER), route(GET, "/jobs/stats/history", VIEWER),
            route(GET, "/jobs/export", VIEWER, SUBMITTER), route(GET, "/jobs/{id}", VIEWER, SUBMITTER),
            route(GET, "/jobs/{id}/output", VIEWER, SUBMITTER), route(GET, "/jobs/{id}/events", VIEWER, SUBMITTER),
            route(DELETE, "/jobs/{id}", SUBMITTER), route(POST, "/jobs/{id}/retry", SUBMITTER),
            route(POST, "/jobs/{id}/cancel", SUBMITTER), route(GET, "/jobs/{id}/deliveries", VIEWER, SUBMITTER),
            route(POST, "/jobs/{id}/deliveries/{deliveryId}/redeliver", SUBMITTER),

            // Each caller's own.
            route(GET, "/webhook-secrets", SUBMITTER), route(POST, "/webhook-secrets", SUBMITTER),
            route(DELETE, "/webhook-secrets/{id}", SUBMITTER),

            route(POST, "/deliveries/redeliver", OPERATOR),

            route(POST, "/bulk", OPERATOR), route(GET, "/bulk", VIEWER), route(GET, "/bulk/{id}", VIEWER),
            route(POST, "/bulk/{id}/cancel", OPERATOR),

            route(GET, "/failures", VIEWER),

            route(GET, "/queues", VIEWER, SUBMITTER), route(POST, "/queues/{name}/pause", OPERATOR),
            route(POST, "/queues/{name}/resume", OPERATOR),

            route(GET, "/workers", VIEWER), route(POST, "/workers/{name}/drain", OPERATOR),
            route(POST, "/workers/{name}/resume", OPERATOR),

            route(GET, "/dead-letters", OPERATOR), route(POST, "/dead-letters/{id}/requeue", OPERATOR),
            route(DELETE, "/dead-letters/{id}", OPERATOR), route(GET, "/system", OPERATOR),

            route(GET, "/api-keys", ADMIN), route(POST, "/api-keys", ADMIN), route(DELETE, "/api-keys/{id}", ADMIN),

            route(GET, "/audit", ADMIN), route(GET, "/audit/export", ADMIN),

            // Whoever signs in has no credential yet.
            open(GET, "/session"), open(POST, "/session"),

            // CONNECT is authenticated.
            open(GET, "/ws"),

            // Probes, and what is public with the source.
            open(GET, "/health"), open(GET, "/v3/api-docs/**"), open(GET, "/swagger-ui/**"),

            // What is new in the API is an admin's until it has a route above.
            others("/jobs/**"), others("/bulk/**"), others("/failures/**"), others("/deliveries/**"),
            others("/webhook-secrets/**"), others("/queues/**"), others("/dead-letters/**"), others("/system/**"),
            others("/workers/**"), others("/api-keys/**"), others("/audit/**"), others("/session/**"),

            // Files of the dashboard.
            open(GET, "/**"), others("/**"));

    private Routes() {
    }

    /** Requests of workers and workflows. */
    static RequestMatcher workers() {
        return new OrRequestMatcher(WORKERS.stream().flatMap((route) -> route.matchers().stream()).toList());
    }

    static AuthorizationManager<HttpServletRequest> rules() {
        RequestMatcherDelegatingAuthorizationManager.Builder rules = RequestMatcherDelegatingAuthorizationManager
            .builder();
        for (Route route : TABLE) {
            AuthorizationManager<RequestAuthorizationContext> rule = route.rule();
            route.matchers().forEach((matcher) -> rules.add(matcher, rule));
        }
        return rules.build();
    }

    private static Route route(HttpMethod method, String pattern, Role... roles) {
        return new Route(method, pattern, List.of(roles));
    }

    private static Route open(HttpMethod method, String pattern) {
        return new Route(method, pattern, List.of());
    }

    private static Route others(String pattern) {
        return new Route(null, pattern, List.of(ADMIN));
    }

    /**
     * What some calls need.
     *
     * @param method null for any
     * @param roles one of which is needed; none for no credential
     */
    private record Route(@Nullable HttpMethod method, String pattern, List<Role> roles) {

        /** Spring answers HEAD as GET. */
        List<RequestMatcher> matchers() {
            if (this.method != GET) {
                return List.of(PathPatternRequestMatcher.pathPattern(this.method, this.pattern));
            }
            return Stream.of(GET, HEAD)
                .<RequestMatcher>map((method) -> PathPatternRequestMatcher.pathPattern(method, this.pattern))
                .toList();
        }

        <T> AuthorizationManager<T> rule() {
            return this.roles.isEmpty() ? SingleResultAuthorizationManager.permitAll() : AuthorityAuthorizationManager
                .hasAnyRole(this.roles.stream().map(Role::name).toArray(String[]::new));
        }

    }

}
