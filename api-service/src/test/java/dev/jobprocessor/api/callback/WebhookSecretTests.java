package dev.jobprocessor.api.callback;

import org.junit.jupiter.api.Test;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

class WebhookSecretTests {

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void matchesOnlyItself() {
        WebhookSecret secret = new WebhookSecret(new WebhookSettings("sésame"), this.environment);
        assertThat(secret.matches("sésame")).isTrue();
        assertThat(secret.matches("sésam")).isFalse();
        assertThat(secret.matches("sésame ")).isFalse();
        assertThat(secret.matches("")).isFalse();
        assertThat(secret.matches(null)).isFalse();
    }

    @Test
    void refusesDefaultInProduction() {
        this.environment.setActiveProfiles("prod");
        WebhookSettings settings = new WebhookSettings(WebhookSettings.DEFAULT_SECRET);
        assertThatExceptionOfType(DefaultSecretInProduction.class)
            .isThrownBy(() -> new WebhookSecret(settings, this.environment))
            .satisfies((ex) -> assertThat(new DefaultSecretInProduction.Analyzer().analyze(ex)).isNotNull()
                .extracting(FailureAnalysis::getAction, STRING)
                .contains("WEBHOOK_SECRET"));
    }

    @Test
    void acceptsAnotherInProduction() {
        this.environment.setActiveProfiles("prod");
        assertThatNoException().isThrownBy(() -> new WebhookSecret(new WebhookSettings("another"), this.environment));
    }

    @Test
    void isNotPrinted() {
        assertThat(new WebhookSettings("sésame")).asString().doesNotContain("sésame");
    }

}
