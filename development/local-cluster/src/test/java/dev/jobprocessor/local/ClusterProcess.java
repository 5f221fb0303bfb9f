package dev.jobprocessor.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.awaitility.core.ConditionTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The launcher in a process of its own, so that it can be killed like every other. */
final class ClusterProcess implements AutoCloseable {

    /** How long the workers take, such as {@code 2s}. */
    static final String WORK_TIME = "WORKER_MOCK_DELAY";

    private static final Duration START = Duration.ofMinutes(3);

    /**
     * Tests that run in the background of a script inherit that Ctrl-C is ignored. The
     * launcher is to heed it as in a terminal; GNU's {@code env} sees to that.
     */
    private static final List<String> WITH_CTRL_C = Files.isReadable(Path.of("/proc/self/status"))
            ? List.of("env", "--default-signal=INT") : List.of();

    private final Process launcher;

    private final Path log;

    private ClusterProcess(Process launcher, Path log) {
        this.launcher = launcher;
        this.log = log;
    }

    /**
     * Starts a cluster and waits until it is ready.
     * @param data what an earlier cluster left behind, or an empty directory
     * @param workTime how long the workers take, such as {@code 2s}
     */
    static ClusterProcess start(Path data, int port, String workTime) throws IOException {
        return start(data, port, Map.of(WORK_TIME, workTime));
    }

    /** Starts a cluster with settings of the services, and waits until it is ready. */
    static ClusterProcess start(Path data, int port, Map<String, String> environment) throws IOException {
        ClusterProcess cluster = launch(WITH_CTRL_C, environment, "-Ddata=" + data, "-Dport=" + port);
        try {
            cluster.awaitText("Ready in");
            return cluster;
        }
        catch (ConditionTimeoutException ex) {
            cluster.killAll();
            throw ex;
        }
    }

    /** Starts a launcher with more system properties, and waits for nothing. */
    static ClusterProcess launch(String workTime, String... properties) throws IOException {
        return launch(WITH_CTRL_C, workTime, properties);
    }

    /**
     * Starts a launcher by way of a command that is given the launcher's as its
     * arguments.
     */
    static ClusterProcess launch(List<String> by, String workTime, String... properties) throws IOException {
        return launch(by, Map.of(WORK_TIME, workTime), properties);
    }

    private static ClusterProcess launch(List<String> by, Map<String, String> environment, String... properties)
            throws IOException {
        Path log = Files.createTempFile("cluster", ".log");
        // The first option is one that ./mvnw -Pup starts the launcher with, too.
        ProcessBuilder process = new ProcessBuilder(new ArrayList<>(by));
        process.command()
            .addAll(List.of(Service.JAVA, "-XX:TieredStopAtLevel=1", property("api-service.jar"),
                    property("worker-service.jar"), property("dashboard")));
        process.command().addAll(List.of(properties));
        process.command().addAll(List.of("-cp", System.getProperty("java.class.path"), LocalCluster.class.getName()));
        process.environment().putAll(environment);
        return new ClusterProcess(process.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
    }

    void awaitText(String text) {
        await().atMost(START).until(() -> text().contains(text));
    }

    /**
     * Waits until the launcher has ended.
     * @return its exit status
     */
    int awaitExit() throws InterruptedException {
        assertThat(this.launcher.waitFor(START.toSeconds(), TimeUnit.SECONDS)).as("the launcher ended").isTrue();
        return this.launcher.exitValue();
    }

    Process launcher() {
        return this.launcher;
    }

    /** The newest process of a service, by its name in the log. */
    ProcessHandle service(String name) throws IOException {
        List<String> pids = Pattern.compile(Pattern.quote(name) + " is process (\\d+)")
            .matcher(text())
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList();
        return ProcessHandle.of(Long.parseLong(pids.getLast())).orElseThrow();
    }

    /** Kills the launcher and its services, all at once and without warning. */
    void killAll() {
        List<ProcessHandle> all = new ArrayList<>(this.launcher.descendants().toList());
        all.add(this.launcher.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        await().atMost(START).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    String text() throws IOException {
        return Files.readString(this.log);
    }

    /**
     * Asks the launcher to stop everything, as Ctrl-C does, and waits until nothing is
     * left.
     */
    @Override
    public void close() throws IOException {
        List<ProcessHandle> services = this.launcher.descendants().toList();
        this.launcher.destroy();
        await().atMost(START)
            .until(() -> !this.launcher.isAlive() && services.stream().noneMatch(ProcessHandle::isAlive));
        Files.delete(this.log);
    }

    private static String property(String name) {
        return "-D" + name + "=" + System.getProperty(name);
    }

}
