package dev.jobprocessor.api.access;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class AccessSettingsTests {

    private final ApplicationContextRunner context = new ApplicationContextRunner()
        .withUserConfiguration(Settings.class);

    @Test
    void requiresCredentialsUnlessToldOtherwise() {
        this.context
            .run((started) -> assertThat(started.getBean(AccessSettings.class).mode()).isEqualTo(AccessMode.REQUIRED));
    }

    /** The variable has the name of what has the setting. */
    @Test
    void readsTheVariable() {
        this.context
            .withInitializer((starting) -> starting.getEnvironment()
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("systemEnvironment-test", Map.of("ACCESS", "open"))))
            .withPropertyValues("access.mode=${ACCESS:required}")
            .run((started) -> assertThat(started.getBean(AccessSettings.class).mode()).isEqualTo(AccessMode.OPEN));
    }

    @Test
    void showsNoKey() {
        assertThat(new AccessSettings(AccessMode.OPEN, "jp_secret").toString()).doesNotContain("secret");
    }

    @Test
    void saysWhatToDoAboutOpenProduction() {
        OpenAccessInProduction failure = new OpenAccessInProduction();
        FailureAnalysis analysis = new OpenAccessInProduction.Analyzer().analyze(failure, failure);

        assertThat(analysis.getAction()).contains("ACCESS=required");
    }

    @Test
    void offersAKeyInPlaceOfAMalformedOne() {
        MalformedAdminKey failure = new MalformedAdminKey();
        String action = new MalformedAdminKey.Analyzer().analyze(failure, failure).getAction();

        assertThat(new KeyText(String.valueOf(action).replaceAll("(?s).*(jp_\\w{36}).*", "$1")).isWellFormed())
            .isTrue();
    }

    @EnableConfigurationProperties(AccessSettings.class)
    static class Settings {

    }

}
