package dev.jobprocessor.api.access;

import java.util.List;
import java.util.Set;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.StringUtils;

/**
 * Which filters a request passes: its credential is a bearer token, or the session of a
 * browser.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessSettings.class)
class AccessConfiguration {

    private static final Logger log = LoggerFactory.getLogger(AccessConfiguration.class);

    /** As Jetty spells them. */
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[0:0:0:0:0:0:0:1]");

    private static final RequestMatcher SESSION = PathPatternRequestMatcher.pathPattern("/session/**");

    /** Each authenticates some bearer tokens, and returns null for others. */
    @Bean
    AuthenticationManager bearerTokens(List<AuthenticationProvider> providers) {
        return new ProviderManager(providers);
    }

    /**
     * Workers have the webhook's secret. The management port is the cluster's own: probes
     * and metrics need no credential, and nothing does for whoever is inside this machine
     * or container.
     */
    @Bean
    @Order(1)
    SecurityFilterChain withoutCredentials() {
        return new DefaultSecurityFilterChain(new OrRequestMatcher(Routes.workers(),
                EndpointRequest.to("health", "prometheus"), EndpointRequest.toLinks(),
                new AndRequestMatcher(EndpointRequest.toAnyEndpoint(), AccessConfiguration::isByLoopback)));
    }

    /**
     * By the address that was connected to: what a proxy says of the client may be made
     * up.
     */
    static boolean isByLoopback(HttpServletRequest request) {
        return LOOPBACK.contains(request.getLocalAddr());
    }

    /** Sessions are for browsers, and for who signs in: a token needs none. */
    @Bean
    @Order(2)
    @ConditionalOnRequiredAccess
    SecurityFilterChain withTokens(HttpSecurity http, AuthenticationManager tokens, AccessProblems problems) {
        http.securityMatcher((request) -> hasToken(request) && !SESSION.matches(request))
            .sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
            .csrf(AbstractHttpConfigurer::disable)
            .logout(AbstractHttpConfigurer::disable);
        return withCredentials(http, tokens, problems);
    }

    /** As the filter of tokens sees it, which refuses one that is malformed. */
    static boolean hasToken(HttpServletRequest request) {
        return StringUtils.startsWithIgnoreCase(request.getHeader(HttpHeaders.AUTHORIZATION), "Bearer");
    }

    @Bean
    @Order(3)
    SecurityFilterChain api(AccessSettings settings, Environment environment, HttpSecurity http,
            AuthenticationManager tokens, AccessProblems problems, ObjectProvider<SessionFilters> sessions) {
        if (settings.mode() == AccessMode.REQUIRED) {
            sessions.getObject().add(http);
            return withCredentials(http, tokens, problems);
        }
        if (environment.acceptsProfiles(Profiles.of("prod"))) {
            throw new OpenAccessInProduction();
        }
        log.warn("Access is open: whoever reaches this service may do everything. ACCESS=required asks for API keys");
        return new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE);
    }

    private static SecurityFilterChain withCredentials(HttpSecurity http, AuthenticationManager tokens,
            AccessProblems problems) {
        return http.headers(AbstractHttpConfigurer::disable)
            .requestCache(AbstractHttpConfigurer::disable)
            .exceptionHandling((refusals) -> refusals.authenticationEntryPoint(problems).accessDeniedHandler(problems))
            .addFilterBefore(bearer(tokens, problems), AnonymousAuthenticationFilter.class)
            .addFilterAfter(new AuthorizationFilter(Routes.rules()), AuthorizationFilter.class)
            .build();
    }

    private static Filter bearer(AuthenticationManager tokens, AccessProblems problems) {
        BearerTokenAuthenticationFilter filter = new RepeatedAuthentication(tokens);
        filter.setAuthenticationFailureHandler(problems);
        return filter;
    }

    /**
     * Paths alone are checked: methods, headers and parameters are refused where they are
     * read, as in open mode.
     */
    @Bean
    HttpFirewall paths() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        firewall.setAllowedHeaderNames((name) -> true);
        firewall.setAllowedHeaderValues((value) -> true);
        firewall.setAllowedParameterNames((name) -> true);
        return firewall;
    }

    /** A span and a timer for each filter would cost more than the filters. */
    @Bean
    SecurityObservationSettings noObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /** A call that waited for its job passes again when it is served. */
    private static final class RepeatedAuthentication extends BearerTokenAuthenticationFilter {

        RepeatedAuthentication(AuthenticationManager tokens) {
            super(tokens);
        }

        @Override
        protected boolean shouldNotFilterAsyncDispatch() {
            return false;
        }

    }

}
