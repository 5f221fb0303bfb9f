package dev.jobprocessor.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Submits jobs as fast as one client can, some times over, and prints how the cluster
 * does: the first time, no code is compiled yet. Not among the tests of every build; it
 * is run by {@code -Dit.test=ClusterLoad} and takes {@code -Djobs=},
 * {@code -Dconnections=} and {@code -Drounds=}.
 */
class ClusterLoad {

    private static final Duration WORK_TIME = Duration.ofSeconds(5);

    private static final int JOBS = Integer.getInteger("jobs", 2_000);

    private static final int CONNECTIONS = Integer.getInteger("connections", 32);

    private static final int ROUNDS = Integer.getInteger("rounds", 3);

    @TempDir
    private Path data;

    @Test
    void completesEveryJobOnce() throws Exception {
        int port = Ports.require(0);
        try (ClusterProcess cluster = ClusterProcess.start(this.data, port, WORK_TIME.toSeconds() + "s")) {
            for (int round = 1; round <= ROUNDS; round++) {
                report("Round %d", round);
                load(port);
                reportHeap(cluster);
            }
        }
    }

    private static void load(int port) throws Exception {
        try (Jobs jobs = new Jobs(port)) {
            Instant start = Instant.now();
            jobs.submit(JOBS, CONNECTIONS);
            report("%d jobs over %d connections: %d accepted in %.1f s", JOBS, CONNECTIONS, jobs.accepted().size(),
                    seconds(start, Instant.now()));
            jobs.refusals().forEach((refusal) -> report("Not accepted: %s", refusal));
            await().atMost(Duration.ofMinutes(10)).pollInterval(Duration.ofSeconds(1)).until(jobs::noneIsPending);
            assertThat(jobs.unfinished()).isZero();
            reportDelays(jobs, start);
        }
    }

    private static void reportDelays(Jobs jobs, Instant start) throws IOException {
        List<Double> delays = new ArrayList<>();
        Instant last = start;
        for (String id : jobs.accepted()) {
            JsonNode job = jobs.find(id);
            Instant completed = instant(job, "completedAt");
            delays.add(seconds(instant(job, "createdAt").plus(WORK_TIME), completed));
            last = completed.isAfter(last) ? completed : last;
            assertThat(jobs.count(id, "COMPLETED")).as("completions of " + id).isEqualTo(1);
            assertThat(jobs.count(id, "STARTED")).as("starts of " + id).isLessThanOrEqualTo(1);
        }
        delays.sort(null);
        report("completed %d, the last after %.1f s; completedAt - createdAt - 5 s: p50 %.3f s, p99 %.3f s, max %.3f s",
                delays.size(), seconds(start, last), percentile(delays, 50), percentile(delays, 99), delays.getLast());
    }

    private static void reportHeap(ClusterProcess cluster) throws IOException {
        for (String name : List.of("api-service", "worker-1", "worker-2")) {
            report("%s: %d MB of heap in use after a collection", name, cluster.heapMegabytes(name));
        }
    }

    private static Instant instant(JsonNode job, String field) {
        return Instant.parse(job.get(field).stringValue());
    }

    private static double seconds(Instant start, Instant end) {
        return Duration.between(start, end).toMillis() / 1000.0;
    }

    private static double percentile(List<Double> sorted, int percent) {
        return sorted.get(Math.ceilDiv(sorted.size() * percent, 100) - 1);
    }

    private static void report(String format, Object... arguments) {
        System.out.println(format.formatted(arguments));
    }

}
