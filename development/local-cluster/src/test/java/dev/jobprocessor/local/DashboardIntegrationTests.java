package dev.jobprocessor.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The dashboard in a real browser, on the real cluster: runs the tests in ui/e2e. */
class DashboardIntegrationTests {

    /** Beside the default one. */
    private static final String QUEUE = "llm";

    /** Jobs take time enough for all that a test does with a running one. */
    private static final Map<String, String> SETTINGS = Map.of(ClusterProcess.WORK_TIME, "20s", "JOBS_QUEUES", QUEUE,
            "WORKER_QUEUES_DEFAULT_PROCESSOR", "mock", "WORKER_QUEUES_LLM_PROCESSOR", "mock");

    /** Of a run, which takes some minutes. */
    private static final Duration TIMEOUT = Duration.ofMinutes(20);

    @TempDir
    private Path data;

    @TempDir
    private Path logs;

    @Test
    void passesItsBrowserTests() throws Exception {
        Optional<Path> chromium = chromium();
        assumeTrue(chromium.isPresent(), "Skipped: there is no Chromium on the PATH nor at $CHROMIUM");
        int port = Ports.require(0);
        try (ClusterProcess cluster = ClusterProcess.start(this.data, port, SETTINGS)) {
            Process tests = browserTests(
                    Map.of("CHROMIUM", chromium.get().toString(), "E2E_BASE_URL", "http://localhost:" + port,
                            "E2E_QUEUE", QUEUE, "E2E_STOP_API", "kill -9 " + cluster.service("api-service").pid(),
                            // The launcher starts it again by itself.
                            "E2E_START_API", "true"));
            boolean ended = tests.waitFor(TIMEOUT.toMinutes(), TimeUnit.MINUTES);
            tests.descendants().forEach(ProcessHandle::destroyForcibly);
            String output = Files.readString(this.logs.resolve("output"));
            System.out.println(output);
            assertThat(ended).as("ended within %s: %s", TIMEOUT, output).isTrue();
            assertThat(tests.exitValue()).as(output).isZero();
        }
    }

    private Process browserTests(Map<String, String> environment) throws IOException {
        ProcessBuilder process = new ProcessBuilder("npm", "run", "e2e");
        process.environment().putAll(environment);
        return process.directory(dashboard().toFile())
            .redirectErrorStream(true)
            .redirectOutput(this.logs.resolve("output").toFile())
            .start();
    }

    private static Path dashboard() {
        return Objects.requireNonNull(Path.of(System.getProperty("dashboard")).getParent());
    }

    private static Optional<Path> chromium() {
        Stream<Path> installed = Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .flatMap((directory) -> Stream.of("chromium", "chromium-browser", "google-chrome")
                .map(Path.of(directory)::resolve));
        return Stream.concat(Stream.ofNullable(System.getenv("CHROMIUM")).map(Path::of), installed)
            .filter(Files::isExecutable)
            .findFirst();
    }

}
