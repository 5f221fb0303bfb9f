package dev.jobprocessor.api.callback;

import java.time.Duration;
import java.util.Base64;
import java.util.List;

import com.standardwebhooks.Webhook;
import jakarta.validation.constraints.NotBlank;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code webhook.*}.
 *
 * @param secret what calls of the webhook must carry; with profile prod it must be set.
 * What begins with whsec_ signs by the Base64 that follows, any other text by its UTF-8
 * @param secrets where there are any, in place of the one: 1 to {@value #MAX_SECRETS},
 * newest first, each of which is accepted
 * @param tokenGrace how long after its attempt's deadline the token of a callbackUrl is
 * accepted, at most 10 years
 */
@Validated
@ConfigurationProperties("webhook")
record WebhookSettings(@DefaultValue(WebhookSettings.DEFAULT_SECRET) @NotBlank String secret,
        @DefaultValue List<String> secrets,
        @DefaultValue("30d") @DurationMin @DurationMax(days = 3650) Duration tokenGrace) {

    static final String DEFAULT_SECRET = "local-webhook-secret";

    static final int MAX_SECRETS = 5;

    private static final String NO_KEY = "%s begins with " + Webhook.SECRET_PREFIX
            + ", so that a key in Base64 must follow";

    WebhookSettings {
        // Not by annotations: their messages would show the secrets.
        Assert.isTrue(secrets.size() <= MAX_SECRETS, "webhook.secrets must be at most " + MAX_SECRETS);
        Assert.isTrue(secrets.stream().allMatch(StringUtils::hasText), "webhook.secrets must not have an empty one");
        Assert.isTrue(isKeyOrText(secret), NO_KEY.formatted("webhook.secret (WEBHOOK_SECRET)"));
        Assert.isTrue(secrets.stream().allMatch(WebhookSettings::isKeyOrText),
                NO_KEY.formatted("one of webhook.secrets (WEBHOOK_SECRETS)"));
    }

    private static boolean isKeyOrText(String secret) {
        try {
            return !secret.startsWith(Webhook.SECRET_PREFIX)
                    || Base64.getDecoder().decode(secret.substring(Webhook.SECRET_PREFIX.length())).length > 0;
        }
        catch (IllegalArgumentException ex) {
            return false;
        }
    }

    List<String> accepted() {
        return this.secrets.isEmpty() ? List.of(this.secret) : this.secrets;
    }

    boolean acceptsDefault() {
        return accepted().contains(DEFAULT_SECRET);
    }

    @Override
    public String toString() {
        return "WebhookSettings[secrets=***]";
    }

}
