package dev.jobprocessor.api.access;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.stereotype.Component;

/**
 * Signs people in by the issuer: {@code /session/oidc} leads there, and back to
 * {@code /session/oidc/callback}. The address that it returns to says how that ended.
 */
@Component
@ConditionalOnRequiredAccess
class IssuerSignIn {

    private static final Logger log = LoggerFactory.getLogger(IssuerSignIn.class);

    private final OidcSettings settings;

    private final Issuer issuer;

    private final TokenClaims claims;

    private final SessionContexts contexts;

    private final JsonMapper mapper;

    IssuerSignIn(OidcSettings settings, Issuer issuer, TokenClaims claims, SessionContexts contexts,
            JsonMapper mapper) {
        this.settings = settings;
        this.issuer = issuer;
        this.claims = claims;
        this.contexts = contexts;
        this.mapper = mapper;
    }

    void add(HttpSecurity http) {
        if (this.settings.signsIn()) {
            http.oauth2Login(this::signIn);
        }
    }

    private void signIn(OAuth2LoginConfigurer<HttpSecurity> login) {
        login.clientRegistrationRepository(this::client)
            .authorizedClientRepository(new NoTokens())
            .securityContextRepository(this.contexts)
            .loginPage("/")
            .authorizationEndpoint((address) -> address.baseUri("/session")
                .authorizationRequestRepository(new SignInCookie(this.mapper)))
            .redirectionEndpoint((address) -> address.baseUri("/session/oidc/callback"))
            .userInfoEndpoint((person) -> person.oidcUserService(new People(this.claims)))
            .successHandler((request, response, person) -> toPage(request, response, ""))
            .failureHandler(this::failed)
            .addObjectPostProcessor(new FailedStart());
    }

    private @Nullable ClientRegistration client(String id) {
        return Issuer.ID.equals(id) ? this.issuer.client() : null;
    }

    private void failed(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        log.warn("Somebody could not be signed in by the issuer: {}", failure.getMessage());
        toPage(request, response, "?sign-in=" + (isNoRole(failure) ? "no-role" : "failed"));
    }

    private static boolean isNoRole(AuthenticationException failure) {
        return failure instanceof OAuth2AuthenticationException refusal && People.NO_ROLE.equals(refusal.getError());
    }

    private static void toPage(HttpServletRequest request, HttpServletResponse response, String query)
            throws IOException {
        response.sendRedirect(request.getContextPath() + "/" + query);
    }

    /**
     * Responds to a sign-out with the address at which the issuer signs people out, too:
     * a redirect would be followed by the page's call and not by the browser.
     */
    LogoutSuccessHandler signOut() {
        OidcClientInitiatedLogoutSuccessHandler handler = new OidcClientInitiatedLogoutSuccessHandler(
                this::knownClient);
        handler.setPostLogoutRedirectUri("{baseUrl}/");
        handler.setRedirectStrategy((request, response, address) -> {
            response.setStatus(HttpStatus.OK.value());
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            this.mapper.writeValue(response.getOutputStream(), new SignedOut(address));
        });
        return handler;
    }

    private @Nullable ClientRegistration knownClient(String id) {
        try {
            return client(id);
        }
        catch (IssuerUnavailable ex) {
            return null;
        }
    }

    private record SignedOut(String location) {
    }

    /** Nothing is called in anybody's name: their tokens are not kept. */
    private static final class NoTokens implements OAuth2AuthorizedClientRepository {

        @Override
        public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(String id, Authentication person,
                HttpServletRequest request) {
            return null;
        }

        @Override
        public void saveAuthorizedClient(OAuth2AuthorizedClient client, Authentication person,
                HttpServletRequest request, HttpServletResponse response) {
        }

        @Override
        public void removeAuthorizedClient(String id, Authentication person, HttpServletRequest request,
                HttpServletResponse response) {
        }

    }

    /** The configurer lets nobody handle a failure before the redirect to the issuer. */
    private final class FailedStart implements ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter> {

        @Override
        public <O extends OAuth2AuthorizationRequestRedirectFilter> O postProcess(O filter) {
            filter.setAuthenticationFailureHandler(IssuerSignIn.this::failed);
            return filter;
        }

    }

}
