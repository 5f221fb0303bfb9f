package dev.jobprocessor.worker.callback;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class CallbackConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
        .withUserConfiguration(CallbackConfiguration.Production.class, Settings.class)
        .withPropertyValues("worker.callback.url=http://api");

    @Test
    void knowsADefaultSecretForDevelopment() {
        this.runner.withPropertyValues("worker.callback.secret=local-webhook-secret")
            .run((context) -> assertThat(context).hasNotFailed());
    }

    @Test
    void refusesTheDefaultSecretInProduction() {
        this.runner.withPropertyValues("spring.profiles.active=prod", "worker.callback.secret=local-webhook-secret")
            .run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("Set WEBHOOK_SECRET"));
    }

    @Test
    void sendsTheFirstOfSeveralSecrets() {
        this.runner
            .withPropertyValues("spring.profiles.active=prod", "worker.callback.secret=local-webhook-secret",
                    "worker.callback.secrets=new, old")
            .run((context) -> assertThat(context.getBean(CallbackSettings.class).secret()).isEqualTo("new"));
        this.runner.withPropertyValues("worker.callback.secret=one,two", "worker.callback.secrets=")
            .run((context) -> assertThat(context.getBean(CallbackSettings.class).secret()).isEqualTo("one,two"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "s3cret,,old", "s3cr\u00e9t,old", "s3cret,s3cr\u00e9t" })
    void refusesSecretsOfWhichOneCannotBeSentWithoutShowingThem(String secrets) {
        this.runner.withPropertyValues("worker.callback.secret=one", "worker.callback.secrets=" + secrets)
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .hasMessageContaining("worker.callback.secrets")
                .hasMessageNotContaining("s3cr"));
    }

    @Test
    void refusesTheDefaultAmongTheSecretsInProduction() {
        this.runner
            .withPropertyValues("spring.profiles.active=prod", "worker.callback.secret=one",
                    "worker.callback.secrets=local-webhook-secret,old")
            .run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("Set WEBHOOK_SECRET"));
    }

    @Test
    void takesAnotherSecretInProduction() {
        this.runner.withPropertyValues("spring.profiles.active=prod", "worker.callback.secret=s3cret")
            .run((context) -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @CsvSource({ "http://api:3000, http://api:3000/jobs/webhook/callback",
            "http://api:3000/, http://api:3000/jobs/webhook/callback",
            "http://api:3000/jobs/webhook/callback, http://api:3000/jobs/webhook/callback",
            "http://api:3000/jobs/webhook/callback//, http://api:3000/jobs/webhook/callback",
            "https://host/tools/jobs/webhook/callback/, https://host/tools/jobs/webhook/callback" })
    void takesTheWebhooksUrlAsItIsWritten(String written, String url) {
        this.runner.withPropertyValues("worker.callback.secret=s3cret", "worker.callback.url=" + written)
            .run((context) -> assertThat(context.getBean(CallbackSettings.class).url()).isEqualTo(url));
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://user:s3cr@api:3000", "http://api/callback?token=s3cr", "http://api/#s3cr",
            "http://a pi/s3cr" })
    void saysHowToWriteTheWebhooksUrlWithoutShowingIt(String url) {
        this.runner.withPropertyValues("worker.callback.secret=s3cret", "worker.callback.url=" + url)
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .hasMessageContaining("worker.callback.url must be a URL such as http://localhost:3000/jobs")
                .hasMessageNotContaining("s3cr"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "worker.callback.url=localhost:3000", "worker.callback.max-concurrency=0",
            "worker.callback.timeout=0s", "worker.callback.retry-for=-1s" })
    void refusesToStartWith(String setting) {
        this.runner.withPropertyValues("worker.callback.secret=s3cret", setting)
            .run((context) -> assertThat(context).hasFailed());
    }

    @Test
    void refusesASecretThatNoHeaderCanCarryWithoutShowingIt() {
        this.runner.withPropertyValues("worker.callback.secret=s3cr\u00e9t")
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .hasMessageContaining("worker.callback.secret")
                .hasMessageNotContaining("s3cr"));
    }

    @Configuration
    @EnableConfigurationProperties(CallbackSettings.class)
    static class Settings {

    }

}
