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

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The tests in ui/e2e, in a real browser. */
final class BrowserTests {

    /** Of a run, which takes some minutes. */
    private static final Duration TIMEOUT = Duration.ofMinutes(20);

    private BrowserTests() {
    }

    /** Skips the test where there is no browser. */
    static String requireChromium() {
        Optional<Path> chromium = chromium();
        assumeTrue(chromium.isPresent(), "Skipped: there is no Chromium on the PATH nor at $CHROMIUM");
        return chromium.orElseThrow().toString();
    }

    /**
     * Runs those of some files, or all, which must pass.
     * @param files a part of their names; empty for all
     */
    static void run(Path logs, String files, Map<String, String> environment) throws Exception {
        Process tests = start(logs, files, environment);
        boolean ended = tests.waitFor(TIMEOUT.toMinutes(), TimeUnit.MINUTES);
        tests.descendants().forEach(ProcessHandle::destroyForcibly);
        String output = Files.readString(logs.resolve("output"));
        System.out.println(output);
        assertThat(ended).as("ended within %s: %s", TIMEOUT, output).isTrue();
        assertThat(tests.exitValue()).as(output).isZero();
    }

    private static Process start(Path logs, String files, Map<String, String> environment) throws IOException {
        ProcessBuilder process = new ProcessBuilder("npm", "run", "e2e", "--", files);
        if (files.isEmpty()) {
            process.command("npm", "run", "e2e");
        }
        process.environment().putAll(environment);
        process.environment().put("CHROMIUM", requireChromium());
        return process.directory(dashboard().toFile())
            .redirectErrorStream(true)
            .redirectOutput(logs.resolve("output").toFile())
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
