package dev.jobprocessor.api.access;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code session.*}.
 *
 * @param lifetime how long somebody stays signed in to the dashboard, whether they use it
 * or not
 */
@ConfigurationProperties("session")
record SessionSettings(@DefaultValue("12h") Duration lifetime) {

    SessionSettings {
        if (!lifetime.isPositive()) {
            throw new IllegalArgumentException("session.lifetime must be positive");
        }
    }

}
