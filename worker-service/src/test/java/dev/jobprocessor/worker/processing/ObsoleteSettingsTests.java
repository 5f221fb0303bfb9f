package dev.jobprocessor.worker.processing;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ObsoleteSettingsTests {

    @ParameterizedTest
    @CsvSource({ "WORKER_N8N_MAX_RETRIES, JOBS_DEFERRAL_DEADLINE", "WORKER_N8N_RETRY_DELAY, from 5 s to a minute" })
    void namesWhatIsNoLongerReadAndWhatReplacesIt(String variable, String replacement, CapturedOutput output) {
        start(variable);

        assertThat(output).contains("WARN", variable + " is set, but no longer read", replacement);
        assertThat(output.getAll().lines()).hasSize(1);
    }

    @Test
    void saysNothingOfSettingsThatAreRead(CapturedOutput output) {
        start("WORKER_N8N_GIVE_UP_AFTER");

        assertThat(output).isEmpty();
    }

    private static void start(String variable) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources()
            .replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
                    StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(variable, "3")));
        ConfigurationPropertySources.attach(environment);
        new ObsoleteSettings(environment);
    }

}
