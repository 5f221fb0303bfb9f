package dev.jobprocessor.api.access;

import java.time.Clock;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.stereotype.Component;

/** Authenticates API keys, and leaves other bearer tokens to other providers. */
@Component
class ApiKeyAuthenticationProvider implements AuthenticationProvider {

    private final KnownKeys keys;

    private final KeyUses uses;

    private final Clock clock;

    ApiKeyAuthenticationProvider(KnownKeys keys, KeyUses uses, Clock clock) {
        this.keys = keys;
        this.uses = uses;
        this.clock = clock;
    }

    @Override
    public @Nullable Authentication authenticate(Authentication authentication) {
        KeyText text = new KeyText(((BearerTokenAuthenticationToken) authentication).getToken());
        return text.value().startsWith(KeyText.PREFIX) ? authenticate(text) : null;
    }

    /**
     * @throws InvalidBearerTokenException if the text is no valid key
     */
    KeyAuthentication authenticate(KeyText text) {
        KeyAuthentication known = text.isWellFormed() ? find(text.hash()) : null;
        Instant now = this.clock.instant();
        if (known == null || known.key().isExpired(now)) {
            throw new InvalidBearerTokenException((known != null) ? "The key has expired" : "The key is not valid");
        }
        this.uses.add(known.key().id(), now);
        return known;
    }

    /**
     * Finds a key that is neither revoked nor expired, and is used by a session.
     * @throws DataAccessException if the database is needed and unavailable
     */
    @Nullable KeyAuthentication findValid(String hash) {
        KeyAuthentication known = this.keys.find(hash);
        Instant now = this.clock.instant();
        if (known == null || known.key().isExpired(now)) {
            return null;
        }
        this.uses.add(known.key().id(), now);
        return known;
    }

    private @Nullable KeyAuthentication find(String hash) {
        try {
            return this.keys.find(hash);
        }
        catch (DataAccessException ex) {
            throw new InternalAuthenticationServiceException("Keys cannot be read", ex);
        }
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return BearerTokenAuthenticationToken.class.isAssignableFrom(authentication);
    }

}
