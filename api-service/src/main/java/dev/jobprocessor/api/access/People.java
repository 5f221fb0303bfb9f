package dev.jobprocessor.api.access;

import java.util.Map;
import java.util.Set;

import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * People as the issuer's ID token describes them: without a role, nobody is signed in.
 */
class People implements OAuth2UserService<OidcUserRequest, OidcUser> {

    static final OAuth2Error NO_ROLE = new OAuth2Error("no-role");

    private static final OAuth2Error NO_NAME = new OAuth2Error("no-name");

    private final TokenClaims claims;

    People(TokenClaims claims) {
        this.claims = claims;
    }

    @Override
    public OidcUser loadUser(OidcUserRequest request) {
        Map<String, Object> claims = request.getIdToken().getClaims();
        if (!this.claims.haveName(claims)) {
            throw new OAuth2AuthenticationException(NO_NAME);
        }
        Set<Role> roles = this.claims.roles(claims);
        if (roles.isEmpty()) {
            throw new OAuth2AuthenticationException(NO_ROLE);
        }
        return new DefaultOidcUser(Role.authorities(roles), request.getIdToken(), this.claims.nameClaim());
    }

}
