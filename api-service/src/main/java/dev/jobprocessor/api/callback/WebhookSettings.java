package dev.jobprocessor.api.callback;

import jakarta.validation.constraints.NotBlank;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code webhook.*}.
 *
 * @param secret what calls of the webhook must carry; with profile prod it must be set
 */
@Validated
@ConfigurationProperties("webhook")
record WebhookSettings(@DefaultValue(WebhookSettings.DEFAULT_SECRET) @NotBlank String secret) {

    static final String DEFAULT_SECRET = "local-webhook-secret";

    boolean isDefault() {
        return this.secret.equals(DEFAULT_SECRET);
    }

    @Override
    public String toString() {
        return "WebhookSettings[secret=***]";
    }

}
