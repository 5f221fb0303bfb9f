package dev.jobprocessor.api.access;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code access.*}.
 *
 * @param mode whether callers need a credential; the profile prod refuses {@code open}
 * @param adminApiKey a key that has all roles from the start; empty for none
 */
@ConfigurationProperties("access")
record AccessSettings(@DefaultValue("required") AccessMode mode, @DefaultValue("") String adminApiKey) {

    @Override
    public String toString() {
        return "AccessSettings[mode=%s]".formatted(this.mode);
    }

}
