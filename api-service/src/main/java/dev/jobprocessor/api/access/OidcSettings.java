package dev.jobprocessor.api.access;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code oidc.*}.
 *
 * @param issuerUri of an OpenID provider, whose tokens are accepted; empty for none
 * @param audience that its access tokens must have; required where there is an issuer
 * @param rolesClaim which claim of a token has roles, as a path such as
 * {@code realm_access.roles}
 * @param nameClaim which claim names the caller; of those that issuers have, {@code sub}
 * alone never means somebody else later
 * @param clientId of the dashboard, which signs people in by the issuer; empty for none
 * @param clientSecret empty for a public client
 * @param label what the dashboard calls the issuer
 */
@ConfigurationProperties("oidc")
record OidcSettings(@DefaultValue("") String issuerUri, @DefaultValue("") String audience,
        @DefaultValue("roles") String rolesClaim, @DefaultValue("sub") String nameClaim,
        @DefaultValue("") String clientId, @DefaultValue("") String clientSecret,
        @DefaultValue("single sign-on") String label) {

    OidcSettings {
        if (!issuerUri.isEmpty() && audience.isEmpty()) {
            throw new IllegalArgumentException("OIDC_ISSUER_URI needs OIDC_AUDIENCE: "
                    + "without it, the issuer's tokens for other services would be accepted here");
        }
        if (!clientId.isEmpty() && issuerUri.isEmpty()) {
            throw new IllegalArgumentException("OIDC_CLIENT_ID needs OIDC_ISSUER_URI");
        }
    }

    boolean hasIssuer() {
        return !this.issuerUri.isEmpty();
    }

    boolean signsIn() {
        return !this.clientId.isEmpty();
    }

    @Override
    public String toString() {
        return "OidcSettings[issuerUri=%s, clientId=%s]".formatted(this.issuerUri, this.clientId);
    }

}
