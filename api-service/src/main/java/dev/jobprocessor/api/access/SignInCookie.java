package dev.jobprocessor.api.access;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.CookieSerializer.CookieValue;

/**
 * What a browser asks the issuer with, kept by that browser until it returns: however
 * many begin to sign in, nothing is stored for them. Another value deceives nobody but
 * the browser that sends it.
 */
class SignInCookie implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

    static final String NAME = "sign-in";

    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private final CookieSerializer cookie = new SessionCookie(NAME, LIFETIME);

    private final JsonMapper mapper;

    SignInCookie(JsonMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        return this.cookie.readCookieValues(request).stream().findFirst().map(this::read).orElse(null);
    }

    private @Nullable OAuth2AuthorizationRequest read(String value) {
        try {
            return Optional.ofNullable(this.mapper.readValue(value, Question.class))
                .map(Question::request)
                .orElse(null);
        }
        catch (JacksonException | IllegalArgumentException ex) {
            return null;
        }
    }

    @Override
    public void saveAuthorizationRequest(@Nullable OAuth2AuthorizationRequest asked, HttpServletRequest request,
            HttpServletResponse response) {
        String value = (asked != null) ? this.mapper.writeValueAsString(Question.of(asked)) : "";
        this.cookie.writeCookieValue(new CookieValue(request, response, value));
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(HttpServletRequest request,
            HttpServletResponse response) {
        OAuth2AuthorizationRequest asked = loadAuthorizationRequest(request);
        saveAuthorizationRequest(null, request, response);
        return asked;
    }

    /** What the response of the issuer is compared with. */
    private record Question(String address, String client, String redirect, Set<String> scopes, String state,
            String nonce, String verifier) {

        Question {
            for (Object value : new Object[] { address, client, redirect, scopes, state, nonce, verifier }) {
                Objects.requireNonNull(value);
            }
        }

        static Question of(OAuth2AuthorizationRequest asked) {
            return new Question(asked.getAuthorizationUri(), asked.getClientId(),
                    Objects.requireNonNull(asked.getRedirectUri()), asked.getScopes(),
                    Objects.requireNonNull(asked.getState()), attribute(asked, OidcParameterNames.NONCE),
                    attribute(asked, PkceParameterNames.CODE_VERIFIER));
        }

        private static String attribute(OAuth2AuthorizationRequest asked, String name) {
            return Objects.requireNonNull(asked.getAttribute(name));
        }

        OAuth2AuthorizationRequest request() {
            return OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(this.address)
                .clientId(this.client)
                .redirectUri(this.redirect)
                .scopes(this.scopes)
                .state(this.state)
                .attributes(Map.of(OAuth2ParameterNames.REGISTRATION_ID, Issuer.ID, OidcParameterNames.NONCE,
                        this.nonce, PkceParameterNames.CODE_VERIFIER, this.verifier))
                .build();
        }

    }

}
