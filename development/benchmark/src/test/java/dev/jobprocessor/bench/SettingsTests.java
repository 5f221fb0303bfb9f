package dev.jobprocessor.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SettingsTests {

    private final Properties properties = new Properties();

    @BeforeEach
    void everythingIsBuilt(@TempDir Path directory) throws IOException {
        for (String name : new String[] { "api-service.jar", "worker-service.jar" }) {
            this.properties.setProperty(name, Files.createFile(directory.resolve(name)).toString());
        }
    }

    @Test
    void measuresEverythingByDefault() {
        assertThat(Settings.from(this.properties).figures()).containsExactly("cpu", "access", "submit", "time", "work",
                "list", "push", "wait", "start", "growth", "many", "instances", "bullmq");
    }

    @Test
    void emptyIsTheDefaultToo() {
        this.properties.setProperty("jobs", "");
        assertThat(Settings.from(this.properties).jobs()).isEqualTo(20_000);
    }

    @Test
    void takesWhatIsAskedFor() {
        this.properties.setProperty("figures", "list, cpu");
        this.properties.setProperty("seconds", "3");
        this.properties.setProperty("stored", "1000,10");
        Settings settings = Settings.from(this.properties);
        assertThat(settings.figures()).containsExactly("list", "cpu");
        assertThat(settings.time()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.stored()).isEqualTo(List.of(10, 1000));
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "-1", "1.5", "many", "10000000" })
    void refusesWhatIsNoCount(String jobs) {
        this.properties.setProperty("jobs", jobs);
        assertThatIllegalArgumentException().isThrownBy(() -> Settings.from(this.properties))
            .withMessageContaining("-Djobs: '" + jobs + "'");
    }

    @Test
    void refusesAFigureThatIsNotThere() {
        this.properties.setProperty("figures", "speed");
        assertThatIllegalArgumentException().isThrownBy(() -> Settings.from(this.properties))
            .withMessageContaining("there is no 'speed'");
    }

    @Test
    void refusesToRunBeforeTheServicesAreBuilt() {
        this.properties.setProperty("api-service.jar", "nowhere.jar");
        assertThatIllegalArgumentException().isThrownBy(() -> Settings.from(this.properties))
            .withMessageContaining("nowhere.jar");
    }

}
