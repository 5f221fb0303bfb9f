package dev.jobprocessor.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * How soon many calls that wait for their jobs get them, once the API has recorded their
 * end, and the heap that they take until then, with their connections. They begin, and
 * end, at an even rate; or all wait for one job. What the API's part of the time is, it
 * counts itself. It has the heap that so many need, which is measured the first time
 * alone: the server keeps some of it for later connections.
 */
final class Waits implements Figure {

    private static final int CALLS = 5000;

    private static final int[] CALLS_PER_SECOND = { 250, 500 };

    /** Of the API's counts of its own times. */
    private static final String IN_TIME = "0.05";

    private static final Duration WORK = Duration.ofSeconds(25);

    private static final Pattern COMPLETED = Pattern.compile("\"completedAt\":\"([^\"]+)\"");

    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    private static final byte[] REQUEST = HttpConnection.post("/jobs", "{\"prompt\":\"Summarise this\"}",
            "Prefer: wait=60");

    @Override
    public void measure(Bench bench, Report report) throws Exception {
        int calls = Math.min(CALLS, bench.settings().jobs());
        Measurement heap = Measurement.of("heap of a waiting call and its connection", "kB");
        try (BenchmarkCluster cluster = BenchmarkCluster.start(bench, Access.OPEN, "-Xmx3g")) {
            cluster.startWorker(WORK.toSeconds() + "s", calls, "-Xmx512m");
            cluster.work(bench.settings().fewerJobs());
            for (int rate : CALLS_PER_SECOND) {
                Ends ends = Ends.of("%,d waiting calls, %d a second".formatted(calls, rate));
                for (int i = 0; i < bench.settings().repeats(); i++) {
                    measure(cluster, calls, rate, REQUEST, ends, heap);
                }
                ends.report(report);
            }
            Ends ends = Ends.of("%,d calls that wait for one job".formatted(calls));
            for (int i = 0; i < bench.settings().repeats(); i++) {
                measure(cluster, calls, CALLS_PER_SECOND[0], read(submit(cluster)), ends, heap);
            }
            ends.report(report);
        }
        report.add(heap);
    }

    private static String submit(BenchmarkCluster cluster) throws IOException {
        try (HttpConnection connection = new HttpConnection(cluster.port())) {
            HttpConnection.Response response = connection
                .exchange(HttpConnection.post("/jobs", "{\"prompt\":\"Summarise this\"}"));
            response.require(201);
            return response.find(ID);
        }
    }

    private static byte[] read(String id) {
        return HttpConnection.get("/jobs/" + id, "Prefer: wait=60");
    }

    private static void measure(BenchmarkCluster cluster, int calls, int rate, byte[] request, Ends ends,
            Measurement heap) throws Exception {
        double empty = Processes.heapBytes(cluster.api());
        Metrics before = Metrics.of(cluster.api());
        Latencies latencies = new Latencies();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Void> call = () -> await(cluster.port(), request, latencies);
            List<Future<?>> waiting = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                LockSupport.parkNanos(start + i * 1_000_000_000L / rate - System.nanoTime());
                waiting.add(threads.submit(call));
            }
            double open = Metrics.of(cluster.api()).sum("jobs_waits");
            if (heap.values().isEmpty()) {
                heap.add((Processes.heapBytes(cluster.api()) - empty) / open / 1000);
            }
            for (Future<?> each : waiting) {
                each.get();
            }
        }
        ends.add(latencies, Metrics.of(cluster.api()).since(before, "jobs_waits_responses_seconds_bucket", "le"));
    }

    private static Void await(int port, byte[] request, Latencies latencies) throws IOException {
        try (HttpConnection connection = new HttpConnection(port)) {
            HttpConnection.Response response = connection.exchange(request);
            Instant received = Instant.now();
            Instant completed = Instant.parse(response.find(COMPLETED));
            latencies.add(Duration.between(completed, received).toNanos());
        }
        return null;
    }

    /**
     * What is measured of ends that come in one way.
     *
     * @param late as clients see it, from the job's end
     * @param inTime what the API says, from when it learnt of the end
     */
    private record Ends(Measurement late, Measurement inTime) {

        static Ends of(String calls) {
            return new Ends(Measurement.of("end of a job to the response, p99, " + calls, "ms", Goal.atMost(50)),
                    Measurement.of("responses within 50 ms of the news of the end, " + calls, "%", Goal.atLeast(99)));
        }

        void add(Latencies latencies, Map<String, Double> buckets) {
            this.late.add(latencies.milliseconds(99), latencies.raw());
            this.inTime.add(100 * buckets.getOrDefault(IN_TIME, 0.0) / buckets.getOrDefault("+Inf", 0.0), buckets);
        }

        void report(Report report) {
            report.add(this.late);
            report.add(this.inTime);
        }

    }

}
