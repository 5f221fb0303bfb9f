package dev.jobprocessor.api.access;

import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Access")
class SessionController {

    private static final String CSRF = "org.springframework.security.web.csrf.CsrfToken";

    private final AccessSettings access;

    private final OidcSettings oidc;

    private final Links links;

    SessionController(AccessSettings access, OidcSettings oidc, LinkSettings links) {
        this.access = access;
        this.oidc = oidc;
        this.links = new Links(links.trace(), links.grafana());
    }

    @GetMapping(path = "/session", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Who is signed in, and how anybody can be",
            description = "Needs no credential. Sets the cookie xsrf-token (over https __Host-xsrf-token), whose value "
                    + "a page that is signed in sends as X-XSRF-TOKEN with every call that changes something.")
    ResponseEntity<Session> session(
            @Parameter(hidden = true) @RequestAttribute(name = CSRF, required = false) @Nullable CsrfToken csrf) {
        if (csrf != null) {
            csrf.getToken(); // sets the cookie
        }
        return ResponseEntity.ok()
            .cacheControl(CacheControl.noStore())
            .body(of(SecurityContextHolder.getContext().getAuthentication()));
    }

    private Session of(@Nullable Authentication caller) {
        if (caller == null) {
            return new Session(this.access.mode(), null, null, Role.expanded(List.of(Role.ADMIN)), null, this.links);
        }
        String issuer = this.oidc.signsIn() ? this.oidc.label() : null;
        if (caller instanceof AnonymousAuthenticationToken) {
            return new Session(this.access.mode(), null, null, Set.of(), issuer, null);
        }
        return new Session(this.access.mode(), caller.getName(), shownName(caller), Role.of(caller.getAuthorities()),
                issuer, this.links);
    }

    private static String shownName(Authentication caller) {
        if (caller instanceof KeyAuthentication known) {
            return known.key().name();
        }
        if (caller.getPrincipal() instanceof OidcUser person) {
            return (person.getFullName() != null) ? person.getFullName() : person.getName();
        }
        return caller.getName();
    }

    /**
     * Who is signed in.
     *
     * @param name as jobs show it in submittedBy; absent where nobody is signed in, or
     * access is open
     * @param displayName what a page calls them
     * @param roles with those that they include; empty where nobody is signed in
     * @param issuer what a page calls the issuer by which people sign in, at
     * /session/oidc; absent where there is none
     * @param links where a page leads to from a job; absent where nobody is signed in
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Session(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) AccessMode access, @Nullable String name,
            @Nullable String displayName, @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Set<Role> roles,
            @Nullable String issuer, @Nullable Links links) {
    }

    /**
     * Where a page leads to from a job.
     *
     * @param trace a URL with {traceId} in place of the job's traceId; absent where
     * traces are shown nowhere
     * @param grafana a URL to which the job's time is added, as from and to in epoch
     * milliseconds; absent where metrics are shown nowhere
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Links(@Nullable String trace, @Nullable String grafana) {
    }

}
