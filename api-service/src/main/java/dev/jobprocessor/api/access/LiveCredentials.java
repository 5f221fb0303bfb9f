package dev.jobprocessor.api.access;

import java.security.Principal;
import java.time.Clock;
import java.time.Instant;

import dev.jobprocessor.api.jobs.Credentials;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;

/**
 * Whether a credential that was accepted at the start of a WebSocket or stream still is:
 * these outlive keys, tokens and sessions.
 */
@Component
class LiveCredentials implements Credentials {

    private final ApiKeyAuthenticationProvider keys;

    private final ObjectProvider<Sessions> sessions;

    private final Clock clock;

    LiveCredentials(ApiKeyAuthenticationProvider keys, ObjectProvider<Sessions> sessions, Clock clock) {
        this.keys = keys;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** While the database is unavailable, nobody's credential has ended. */
    @Override
    public boolean areValid(@Nullable Principal user) {
        try {
            return switch (user) {
                case KeyAuthentication known -> this.keys.findValid(known.key().hash()) != null;
                case JwtAuthenticationToken token -> isCurrent(token.getToken().getExpiresAt());
                case OAuth2AuthenticationToken person -> isSignedIn(person.getDetails());
                case null, default -> true;
            };
        }
        catch (DataAccessException ex) {
            return true;
        }
    }

    private boolean isCurrent(@Nullable Instant expiresAt) {
        return expiresAt != null && this.clock.instant().isBefore(expiresAt);
    }

    /** {@link SessionContexts} leaves the id of the session there. */
    private boolean isSignedIn(@Nullable Object details) {
        return details instanceof String id && this.sessions.getObject().findById(id) != null;
    }

}
