package dev.jobprocessor.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes.Name;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What the user's environment decides for the workers of a cluster. */
class WorkerEnvironmentTests {

    private static final URI API = URI.create("http://localhost:3000");

    @Test
    void reportsToTheApiOfTheClusterByDefault() {
        assertThat(LocalCluster.callbackUrl(Map.of(), API)).isEqualTo("http://localhost:3000/jobs/webhook/callback");
        assertThat(LocalCluster.callbackUrl(Map.of("CALLBACK_URL", ""), API))
            .isEqualTo("http://localhost:3000/jobs/webhook/callback");
    }

    @Test
    void reportsWhereTheUserSays() {
        assertThat(LocalCluster.callbackUrl(Map.of("CALLBACK_URL", "http://10.0.0.5:3000/callback"), API))
            .isEqualTo("http://10.0.0.5:3000/callback");
    }

    @Test
    void hasEveryVariableOfTheLauncher(@TempDir Path directory) throws IOException {
        Service worker = new Service("worker-1", jar(directory), false, List.of(), Map.of("WORKER_NAME", "worker-1"));

        assertThat(worker.process(8082).environment()).containsAllEntriesOf(System.getenv())
            .containsEntry("WORKER_NAME", "worker-1");
    }

    private static Path jar(Path directory) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Name.MAIN_CLASS, "worker.Main");
        Path jar = directory.resolve("worker.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

}
