package dev.jobprocessor.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.jobprocessor.local.ServiceProcess;

/**
 * How soon many calls that wait for their jobs get them, once the API has recorded their
 * end, and the heap that they take until then, with their connections. They begin, and
 * end, at an even rate; the API has the heap that so many need.
 */
final class Waits implements Figure {

    private static final int CALLS = 5000;

    private static final int CALLS_PER_SECOND = 250;

    private static final Duration WORK = Duration.ofSeconds(25);

    private static final Pattern COMPLETED = Pattern.compile("\"completedAt\":\"([^\"]+)\"");

    private static final byte[] REQUEST = HttpConnection.post("/jobs", "{\"prompt\":\"Summarise this\"}",
            "Prefer: wait=60");

    @Override
    public void measure(Bench bench, Report report) throws Exception {
        int calls = Math.min(CALLS, bench.settings().jobs());
        Measurement late = Measurement.of("end of a job to the response, p99, %,d waiting calls".formatted(calls), "ms",
                Goal.atMost(50));
        Measurement heap = Measurement.of("heap of a waiting call and its connection", "kB");
        try (BenchmarkCluster cluster = BenchmarkCluster.start(bench, Access.OPEN, "-Xmx3g")) {
            cluster.startWorker(WORK.toSeconds() + "s", calls, "-Xmx512m");
            cluster.work(bench.settings().fewerJobs());
            for (int i = 0; i < bench.settings().repeats(); i++) {
                measure(cluster, calls, late, heap);
            }
        }
        report.add(late);
        report.add(heap);
    }

    private static void measure(BenchmarkCluster cluster, int calls, Measurement late, Measurement heap)
            throws Exception {
        double before = heapAfterCollection(cluster.api());
        Latencies latencies = new Latencies();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> waiting = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                LockSupport.parkNanos(start + i * 1_000_000_000L / CALLS_PER_SECOND - System.nanoTime());
                waiting.add(threads.submit(() -> await(cluster.port(), latencies)));
            }
            double open = Metrics.of(cluster.api()).sum("jobs_waits");
            heap.add((heapAfterCollection(cluster.api()) - before) / open / 1000);
            for (Future<?> call : waiting) {
                call.get();
            }
        }
        late.add(latencies.milliseconds(99), latencies.raw());
    }

    private static Void await(int port, Latencies latencies) throws IOException {
        try (HttpConnection connection = new HttpConnection(port)) {
            HttpConnection.Response response = connection.exchange(REQUEST);
            Instant received = Instant.now();
            response.require(201);
            Matcher completed = COMPLETED.matcher(new String(response.body(), StandardCharsets.UTF_8));
            if (!completed.find()) {
                throw new IOException("The job had not ended when the call did");
            }
            latencies.add(Duration.between(Instant.parse(completed.group(1)), received).toNanos());
        }
        return null;
    }

    private static double heapAfterCollection(ServiceProcess api) throws Exception {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        new ProcessBuilder(jcmd, String.valueOf(Processes.of(api).pid()), "GC.run")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
        return Metrics.of(api).by("jvm_memory_used_bytes", "area").getOrDefault("heap", 0.0);
    }

}
