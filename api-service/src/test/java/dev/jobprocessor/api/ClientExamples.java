package dev.jobprocessor.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** Runs the examples that the documentation has for clients, in a directory. */
public final class ClientExamples implements AutoCloseable {

    private static final Path DOCUMENT = Path.of("../docs/api.md");

    private static final Path NODE_MODULES = Path.of("../ui/node_modules").toAbsolutePath().normalize();

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final Path directory;

    private final List<Process> processes = new ArrayList<>();

    public ClientExamples(Path directory) {
        this.directory = directory;
    }

    /** Returns the only example of the language that contains the text. */
    public static String find(String language, String text) {
        Pattern fence = Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
        List<String> found = fence.matcher(section())
            .results()
            .map((example) -> example.group(1))
            .filter((example) -> example.contains(text))
            .toList();
        assertThat(found).as("examples in %s that contain %s", language, text).hasSize(1);
        return found.getFirst();
    }

    private static String section() {
        try {
            String document = Files.readString(DOCUMENT);
            return document.substring(document.indexOf("\n## Clients\n"), document.indexOf("\n## Usage\n"));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Skips the test, and says why, where one of the programs is not installed. */
    public static void assumeInstalled(String... programs) {
        List<String> path = Arrays.asList(System.getenv("PATH").split(":"));
        assumeThat(Stream.of(programs)
            .filter((program) -> path.stream()
                .noneMatch((directory) -> Files.isExecutable(Path.of(directory, program))))
            .toList()).as("programs that are not installed").isEmpty();
    }

    public static void assumeTypeScript() {
        assumeInstalled("node");
        assumeThat(Stream.of("typescript", "standardwebhooks").map(NODE_MODULES::resolve)).as("npm install in ui")
            .allMatch(Files::exists);
    }

    /** Compiles the example in Java that declares the class. */
    public Class<?> java(String name) throws IOException, ClassNotFoundException {
        Path source = this.directory.resolve(name + ".java");
        Files.writeString(source, find("java", "class " + name + " "));
        int errors = ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", this.directory.toString(), "-classpath", System.getProperty("java.class.path"),
                    "-proc:none", "-Xlint:all,-path", "-Werror", source.toString());
        assertThat(errors).as("errors in %s", source).isZero();
        return Class.forName(name, true,
                new URLClassLoader(new URL[] { this.directory.toUri().toURL() }, getClass().getClassLoader()));
    }

    /** Compiles an example in TypeScript, with its types checked, to a module. */
    public Path typeScript(String name, String source) throws Exception {
        Files.createSymbolicLink(this.directory.resolve("node_modules"), NODE_MODULES);
        Files.writeString(this.directory.resolve("package.json"), "{\"type\": \"module\"}");
        Files.writeString(this.directory.resolve(name + ".ts"), source);
        Process compiler = start(Map.of(), "node", "node_modules/typescript/bin/tsc", "--strict", "--target", "es2023",
                "--module", "nodenext", "--types", "node", "--skipLibCheck", name + ".ts");
        assertThat(output(compiler)).isEmpty();
        return this.directory.resolve(name + ".js");
    }

    public Process shell(String script, Map<String, String> environment) throws IOException {
        return start(environment, "sh", "-ec", script);
    }

    public Process start(Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder process = new ProcessBuilder(command).directory(this.directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(this.directory.resolve("output-" + this.processes.size()).toFile());
        process.environment().putAll(environment);
        Process started = process.start();
        this.processes.add(started);
        return started;
    }

    /** Returns what the process has printed when it has ended, which must be well. */
    public String output(Process process) throws Exception {
        boolean ended = process.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        String output = printed(process);
        assertThat(ended).as("has ended, after %s", output).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    /** Returns what the process has printed once that contains the text. */
    public String awaitOutput(Process process, String text) {
        return await().atMost(TIMEOUT).until(() -> printed(process), (output) -> output.contains(text));
    }

    private String printed(Process process) throws IOException {
        return Files.readString(this.directory.resolve("output-" + this.processes.indexOf(process)));
    }

    @Override
    public void close() {
        this.processes.forEach(Process::destroyForcibly);
    }

}
