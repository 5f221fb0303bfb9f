package dev.jobprocessor.local;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.jobprocessor.embedded.EmbeddedDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** How the launcher begins and ends. */
class LauncherIntegrationTests {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    @TempDir
    private Path data;

    @Test
    void saysInALineWhatIsWrongWithAnOption() throws Exception {
        try (ClusterProcess cluster = launch("-Dport=three")) {
            assertThat(cluster.awaitExit()).isEqualTo(1);
            assertThat(cluster.text())
                .isEqualToIgnoringNewLines("cluster      | -Dport must be a whole number from 0 to 65535, not 'three'");
        }
    }

    @Test
    void startsNothingWhereThePortIsInUse() throws Exception {
        try (ServerSocket other = new ServerSocket(0);
                ClusterProcess cluster = launch("-Dport=" + other.getLocalPort())) {
            assertThat(cluster.awaitExit()).isEqualTo(1);
            assertThat(cluster.text().lines()).singleElement()
                .asString()
                .startsWith("cluster      | Port %d is in use: ".formatted(other.getLocalPort()));
        }
    }

    @Test
    void startsNothingOnTheDataOfAnotherCluster() throws Exception {
        try (EmbeddedDatabase other = EmbeddedDatabase.inDirectory(this.data.resolve("database"), 0);
                ClusterProcess cluster = launch("-Dport=0")) {
            assertThat(cluster.awaitExit()).isEqualTo(1);
            assertThat(cluster.text()).contains("Another cluster already runs on " + this.data)
                .doesNotContain("is process")
                .doesNotContain("\tat ");
        }
    }

    @Test
    void stopsWhatIsStillStarting() throws Exception {
        try (ClusterProcess cluster = launch("-Dport=0", "-Dworkers=1")) {
            cluster.awaitText("worker-1 is process");
            List<ProcessHandle> services = cluster.launcher().children().toList();
            cluster.launcher().toHandle().destroy();
            assertThat(cluster.awaitExit()).isZero();
            assertThat(services).hasSize(2).noneMatch(ProcessHandle::isAlive);
        }
    }

    @Test
    void stopsAtSigtermWhereCtrlCIsIgnored() throws Exception {
        try (ClusterProcess cluster = ClusterProcess.launch(List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh"), "1s",
                "-Dport=0", "-Dworkers=1", "-Ddata=" + this.data)) {
            cluster.awaitText("worker-1 is process");
            pressCtrlC(cluster.launcher());
            assertThat(cluster.text())
                .contains("SIGTERM to process %d stops everything".formatted(cluster.launcher().pid()));
            assertThat(cluster.launcher().isAlive()).isTrue();
            cluster.launcher().destroy();
            assertThat(cluster.awaitExit()).isZero();
        }
    }

    @Test
    void leavesNoServiceBehindWhenItIsKilled() throws Exception {
        try (ClusterProcess cluster = launch("-Dport=0", "-Dworkers=1")) {
            cluster.awaitText("worker-1 is process");
            List<ProcessHandle> services = cluster.launcher().children().toList();
            cluster.launcher().toHandle().destroyForcibly();
            await().atMost(TIMEOUT).until(() -> services.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void finishesJobsInFlightAtCtrlC() throws Exception {
        int port = Ports.require(0);
        try (ClusterProcess cluster = ClusterProcess.start(this.data, port, "3s");
                AcceptedJobs jobs = new AcceptedJobs(port)) {
            jobs.submit(20, 4);
            await().atMost(TIMEOUT).untilAsserted(() -> assertThat(started(jobs)).isEqualTo(20));
            pressCtrlC(cluster.launcher());
            assertThat(cluster.awaitExit()).isZero();
            assertThat(cluster.text().lines().filter(line -> line.contains(": Completed in "))).hasSize(20);
            assertThat(cluster.text()).doesNotContain("\tat ");
        }
    }

    private ClusterProcess launch(String... properties) throws IOException {
        List<String> all = new ArrayList<>(List.of(properties));
        all.add("-Ddata=" + this.data);
        return ClusterProcess.launch("1s", all.toArray(String[]::new));
    }

    private static long started(AcceptedJobs jobs) throws IOException {
        long started = 0;
        for (String id : jobs.ids()) {
            started += jobs.count(id, "STARTED");
        }
        return started;
    }

    // As a terminal does it: to every process in the foreground.
    private static void pressCtrlC(Process launcher) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-INT", String.valueOf(launcher.pid())));
        launcher.descendants().map(process -> String.valueOf(process.pid())).forEach(command::add);
        assertThat(new ProcessBuilder(command).start().waitFor(1, TimeUnit.MINUTES)).isTrue();
    }

}
