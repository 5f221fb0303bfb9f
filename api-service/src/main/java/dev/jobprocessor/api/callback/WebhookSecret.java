package dev.jobprocessor.api.callback;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/** The shared secret that authenticates workers. */
@Component
class WebhookSecret {

    static final String HEADER = "x-webhook-secret";

    private final byte[] secret;

    /**
     * @throws DefaultSecretInProduction if the profile prod is active and no secret is
     * set
     */
    WebhookSecret(WebhookSettings settings, Environment environment) {
        if (settings.isDefault() && environment.acceptsProfiles(Profiles.of("prod"))) {
            throw new DefaultSecretInProduction();
        }
        this.secret = settings.secret().getBytes(StandardCharsets.UTF_8);
    }

    /** Compares in constant time. */
    boolean matches(@Nullable String given) {
        return given != null && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), this.secret);
    }

}
