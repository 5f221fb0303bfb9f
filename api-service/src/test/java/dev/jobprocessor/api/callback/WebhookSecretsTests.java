package dev.jobprocessor.api.callback;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

class WebhookSecretsTests {

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void matchesOnlyItself() {
        WebhookSecrets secrets = new WebhookSecrets(settings("sésame"), this.environment);
        assertThat(secrets.indexOf("sésame")).isZero();
        assertThat(Stream.of("sésam", "sésame ", "")).allMatch((other) -> secrets.indexOf(other) == -1);
        assertThat(secrets.indexOf(null)).isEqualTo(-1);
    }

    @Test
    void acceptsEachOfSeveralInPlaceOfTheOne() {
        WebhookSecrets secrets = new WebhookSecrets(settings("one", "newest", "older", "oldest"), this.environment);
        assertThat(secrets.indexOf("newest")).isZero();
        assertThat(secrets.indexOf("oldest")).isEqualTo(2);
        assertThat(Stream.of("one", "newest,older", "old")).allMatch((other) -> secrets.indexOf(other) == -1);
    }

    @Test
    void acceptsFiveSecretsAtMost() {
        assertThat(settings("one", "1", "2", "3", "4", "5").accepted()).hasSize(WebhookSettings.MAX_SECRETS);
        assertThatIllegalArgumentException().isThrownBy(() -> settings("one", "s3cret", "2", "3", "4", "5", "6"))
            .withMessageContaining("at most 5")
            .withMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = { "whsec_", "whsec_s3cret!", "whsec_MfKQ9" })
    void refusesAKeyThatIsNoBase64(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> settings(key))
            .withMessageContaining("webhook.secret (WEBHOOK_SECRET) begins with whsec_");
        assertThatIllegalArgumentException().isThrownBy(() -> settings("one", "another", key))
            .withMessageContaining("WEBHOOK_SECRETS");
        assertThatNoException().isThrownBy(() -> settings("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_YWI"));
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void namesTheSettingWithoutItsValueWhereAKeyIsNoBase64(CapturedOutput output) {
        SpringApplication application = new SpringApplication(Configured.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        assertThatExceptionOfType(ConfigurationPropertiesBindException.class)
            .isThrownBy(() -> application.run("--webhook.secrets=another,whsec_s3cret!"));
        assertThat(output).contains("APPLICATION FAILED TO START", "WEBHOOK_SECRETS")
            .doesNotContain("s3cret!", "\tat ");
    }

    @EnableConfigurationProperties(WebhookSettings.class)
    static class Configured {

    }

    @ParameterizedTest
    @ValueSource(strings = { "", " " })
    void refusesEmptySecret(String empty) {
        assertThatIllegalArgumentException().isThrownBy(() -> settings("one", "s3cret", empty))
            .withMessageNotContaining("s3cret");
    }

    @Test
    void refusesDefaultAmongSeveralInProduction() {
        this.environment.setActiveProfiles("prod");
        WebhookSettings settings = settings("one", "another", WebhookSettings.DEFAULT_SECRET);
        assertThatExceptionOfType(DefaultSecretInProduction.class)
            .isThrownBy(() -> new WebhookSecrets(settings, this.environment));
        assertThatNoException().isThrownBy(
                () -> new WebhookSecrets(settings(WebhookSettings.DEFAULT_SECRET, "another"), this.environment));
    }

    @Test
    void refusesDefaultInProduction() {
        this.environment.setActiveProfiles("prod");
        WebhookSettings settings = settings(WebhookSettings.DEFAULT_SECRET);
        assertThatExceptionOfType(DefaultSecretInProduction.class)
            .isThrownBy(() -> new WebhookSecrets(settings, this.environment))
            .satisfies((ex) -> assertThat(new DefaultSecretInProduction.Analyzer().analyze(ex)).isNotNull()
                .extracting(FailureAnalysis::getAction, STRING)
                .contains("WEBHOOK_SECRET"));
    }

    @Test
    void acceptsAnotherInProduction() {
        this.environment.setActiveProfiles("prod");
        assertThatNoException().isThrownBy(() -> new WebhookSecrets(settings("another"), this.environment));
    }

    @Test
    void isNotPrinted() {
        assertThat(settings("sésame")).asString().doesNotContain("sésame");
    }

    private static WebhookSettings settings(String secret, String... secrets) {
        return new WebhookSettings(secret, List.of(secrets), Duration.ZERO);
    }

}
