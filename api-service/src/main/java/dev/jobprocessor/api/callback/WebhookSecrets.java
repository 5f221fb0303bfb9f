package dev.jobprocessor.api.callback;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/** The shared secrets that authenticate workers, newest first. */
@Component
class WebhookSecrets {

    static final String HEADER = "x-webhook-secret";

    private final List<String> secrets;

    /**
     * @throws DefaultSecretInProduction if the profile prod is active and one of them is
     * the default
     */
    WebhookSecrets(WebhookSettings settings, Environment environment) {
        if (settings.acceptsDefault() && environment.acceptsProfiles(Profiles.of("prod"))) {
            throw new DefaultSecretInProduction();
        }
        this.secrets = settings.accepted();
    }

    /** Returns the index of the one that is given, or -1. */
    int indexOf(@Nullable String given) {
        return (given != null) ? indexOf(this.secrets, given) : -1;
    }

    /**
     * Returns the index of the one that is given, or -1. Compares with each in constant
     * time.
     */
    static int indexOf(List<String> accepted, String given) {
        byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
        int index = -1;
        for (int i = 0; i < accepted.size(); i++) {
            boolean matches = MessageDigest.isEqual(bytes, accepted.get(i).getBytes(StandardCharsets.UTF_8));
            index = matches ? i : index;
        }
        return index;
    }

}
