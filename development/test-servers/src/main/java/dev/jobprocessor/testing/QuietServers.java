package dev.jobprocessor.testing;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Keeps what the servers tell of themselves out of the tests' output, unless a test's own
 * settings ask for it.
 */
class QuietServers implements EnvironmentPostProcessor {

    private static final Map<String, Object> LEVELS = Map.of("logging.level.de.bwaldvogel", "warn",
            "logging.level.org.apache.qpid", "warn", "logging.level.org.testcontainers", "warn",
            // that there is no Docker is an ordinary case, and told in a line of ours
            "logging.level.org.testcontainers.dockerclient.DockerClientProviderStrategy", "off");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new MapPropertySource("quietServers", LEVELS));
    }

}
