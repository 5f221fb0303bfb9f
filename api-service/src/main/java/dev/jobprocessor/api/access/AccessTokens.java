package dev.jobprocessor.api.access;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;

/** Authenticates access tokens of the issuer, where there is one. */
class AccessTokens implements AuthenticationProvider {

    private final OidcSettings settings;

    private final JwtAuthenticationProvider provider;

    AccessTokens(OidcSettings settings, JwtDecoder issuer, TokenClaims claims) {
        this.settings = settings;
        JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
        converter.setPrincipalClaimName(claims.nameClaim());
        converter.setJwtGrantedAuthoritiesConverter((token) -> Role.authorities(claims.roles(token.getClaims())));
        this.provider = new JwtAuthenticationProvider(issuer);
        this.provider.setJwtAuthenticationConverter(converter);
    }

    @Override
    public @Nullable Authentication authenticate(Authentication authentication) {
        String token = ((BearerTokenAuthenticationToken) authentication).getToken();
        return (this.settings.hasIssuer() && !token.startsWith(KeyText.PREFIX))
                ? this.provider.authenticate(authentication) : null;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return BearerTokenAuthenticationToken.class.isAssignableFrom(authentication);
    }

}
