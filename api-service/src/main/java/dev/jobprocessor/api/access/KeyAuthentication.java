package dev.jobprocessor.api.access;

import java.util.Map;

import org.springframework.security.authentication.AbstractAuthenticationToken;

/** Who uses a key: the same object for all calls, hence immutable. */
class KeyAuthentication extends AbstractAuthenticationToken {

    static final String PREFIX = "key:";

    private final ApiKey key;

    KeyAuthentication(ApiKey key) {
        super(Role.authorities(key.roles()));
        this.key = key;
        setDetails(Map.of("keyId", key.id()));
    }

    ApiKey key() {
        return this.key;
    }

    /** Not to be confused with a person of this name. */
    @Override
    public String getPrincipal() {
        return PREFIX + this.key.name();
    }

    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public boolean isAuthenticated() {
        return true;
    }

}
