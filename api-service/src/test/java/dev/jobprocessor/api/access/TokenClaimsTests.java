package dev.jobprocessor.api.access;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TokenClaimsTests {

    private static final Map<String, Object> KEYCLOAK = Map.of("realm_access", Map.of("roles", List.of("operator")));

    @Test
    void findsRolesByThePathOfTheirClaim() {
        assertThat(roles("realm_access.roles", KEYCLOAK)).containsExactly(Role.OPERATOR);
        assertThat(roles("roles", Map.of("roles", List.of("viewer", "admin")))).containsExactly(Role.VIEWER,
                Role.ADMIN);
    }

    @Test
    void findsRolesOfAClaimWhoseNameHasPoints() {
        String name = "https://example.org/roles";
        assertThat(roles(name, Map.of(name, List.of("viewer")))).containsExactly(Role.VIEWER);
    }

    @Test
    void readsNamesThatAreOneText() {
        assertThat(roles("scope", Map.of("scope", "openid viewer submitter"))).containsExactly(Role.VIEWER,
                Role.SUBMITTER);
    }

    @Test
    void takesNothingElseForARole() {
        assertThat(roles("roles", Map.of("roles", List.of("Administrator", "ADMIN", "", 7)))).isEmpty();
        assertThat(roles("roles", Map.of("roles", Map.of("admin", true)))).isEmpty();
        assertThat(roles("roles", Map.of())).isEmpty();
        assertThat(roles("realm_access.roles", Map.of("realm_access", List.of("admin")))).isEmpty();
        assertThat(roles("realm_access.roles.", KEYCLOAK)).isEmpty();
    }

    @Test
    void asksForAnAudience() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> new OidcSettings("https://issuer.example", "", "roles", "sub", "", "", ""))
            .withMessageContaining("OIDC_AUDIENCE");
    }

    private static Set<Role> roles(String path, Map<String, Object> claims) {
        return new TokenClaims(new OidcSettings("", "", path, "sub", "", "", "")).roles(claims);
    }

}
