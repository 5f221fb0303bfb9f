package dev.jobprocessor.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ClusterSettingsTests {

    private final Properties properties = new Properties();

    @BeforeEach
    void everythingIsBuilt(@TempDir Path directory) throws IOException {
        for (String name : new String[] { "api-service.jar", "worker-service.jar", "dashboard" }) {
            this.properties.setProperty(name, Files.createFile(directory.resolve(name)).toString());
        }
    }

    @Test
    void hasTwoWorkersBehindPort3000ByDefault() {
        ClusterSettings settings = ClusterSettings.from(this.properties);
        assertThat(settings.address()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(3000);
        assertThat(settings.workers()).isEqualTo(2);
        assertThat(settings.data()).isEqualTo(Path.of(".data"));
    }

    @ParameterizedTest
    @CsvSource({ "0, 0", "65535, 64" })
    void takesEveryNumberWithinBounds(int port, int workers) {
        this.properties.setProperty("port", String.valueOf(port));
        this.properties.setProperty("workers", String.valueOf(workers));
        ClusterSettings settings = ClusterSettings.from(this.properties);
        assertThat(settings.port()).isEqualTo(port);
        assertThat(settings.workers()).isEqualTo(workers);
    }

    @ParameterizedTest
    @ValueSource(strings = { "65536", "-1", "", " ", "three", "3000.0", "+80", "99999999999999999999" })
    void refusesAnyOtherPort(String port) {
        this.properties.setProperty("port", port);
        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> ClusterSettings.from(this.properties))
            .withMessage("-Dport must be a whole number from 0 to 65535, not '%s'", port);
    }

    @ParameterizedTest
    @CsvSource({ "127.0.0.1, localhost", "0.0.0.0, localhost", "172.17.0.1, 172.17.0.1",
            "255.249.199.9, 255.249.199.9" })
    void isReachedAtTheAddressWhereItListens(String address, String host) {
        this.properties.setProperty("address", address);
        assertThat(ClusterSettings.from(this.properties).host()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "localhost", "::1", "1.2.3", "1.2.3.4.5", "1.2.3.4:80", "256.1.1.1" })
    void refusesAnyOtherAddress(String address) {
        this.properties.setProperty("address", address);
        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> ClusterSettings.from(this.properties))
            .withMessage("-Daddress must be an IPv4 address of this machine, or 0.0.0.0 for all, not '%s'", address);
    }

    @ParameterizedTest
    @ValueSource(strings = { "65", "-1", "", "many", "2;3" })
    void refusesAnyOtherNumberOfWorkers(String workers) {
        this.properties.setProperty("workers", workers);
        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> ClusterSettings.from(this.properties))
            .withMessage("-Dworkers must be a whole number from 0 to 64, not '%s'", workers);
    }

    @Test
    void keepsDataWhereTheUserSays() {
        this.properties.setProperty("data", "/srv/jobs");
        assertThat(ClusterSettings.from(this.properties).data()).isEqualTo(Path.of("/srv/jobs"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = { "address", "port", "workers", "data", "api-service.jar", "worker-service.jar", "dashboard" })
    void everySettingReachesTheLauncher(String name) throws IOException {
        String profile = Files.readString(Path.of("pom.xml")).replaceFirst("(?s).*<id>up</id>", "");
        assertThat(profile).contains("<%1$s>${%1$s}</%1$s>".formatted(name));
    }

    @Test
    void namesWhatIsNotBuilt() {
        this.properties.setProperty("worker-service.jar", "nowhere/worker.jar");
        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> ClusterSettings.from(this.properties))
            .withMessageContaining("nowhere/worker.jar");
    }

}
