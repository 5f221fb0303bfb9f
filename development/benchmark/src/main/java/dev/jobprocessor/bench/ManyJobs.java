package dev.jobprocessor.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

/**
 * What submitters notice of an export of all stored jobs and of an operation on all of
 * them, how fast these are, and whether an export takes memory.
 */
final class ManyJobs implements Figure {

    private static final int SUBMISSIONS_PER_SECOND = 50;

    private static final Pattern ID = Pattern.compile("\"id\":\"(\\w+)\"");

    private static final Pattern DONE = Pattern.compile("\"done\":(\\d+)");

    @Override
    public void measure(Bench bench, Report report) throws Exception {
        int stored = bench.settings().stored().getLast();
        try (BenchmarkCluster cluster = bench.cluster("0ms", Bench.PREFETCH)) {
            cluster.work(bench.settings().fewerJobs());
            cluster.jobs().fillUpTo(stored);
            report.add(submissions(bench, cluster, "at rest, %,d stored".formatted(stored)));
            export(bench, cluster, report, stored);
            operation(bench, cluster, report, stored);
        }
    }

    private static void export(Bench bench, BenchmarkCluster cluster, Report report, int stored) throws Exception {
        Measurement rate = Measurement.of("jobs exported in a second, of %,d".formatted(stored), "");
        Measurement heap = Measurement.of("heap of api-service during that export, beyond that before", "MB");
        double before = Processes.heapBytes(cluster.api());
        double most = before;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long start = System.nanoTime();
            Future<Long> lines = threads.submit(() -> exported(cluster.port()));
            report.add(submissions(bench, cluster, "while %,d are exported".formatted(stored)));
            while (!lines.isDone()) {
                most = Math.max(most, Processes.heapBytes(cluster.api()));
                Thread.sleep(1000);
            }
            rate.add(lines.get() * 1e9 / (System.nanoTime() - start));
        }
        heap.add((most - before) / 1_000_000);
        report.add(rate);
        report.add(heap);
    }

    /** Returns how many jobs the file has. */
    private static long exported(int port) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest
                .newBuilder(URI.create("http://127.0.0.1:%d/jobs/export?format=ndjson".formatted(port)))
                .build();
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            try (BufferedReader lines = new BufferedReader(
                    new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                return lines.lines().count();
            }
        }
    }

    private static void operation(Bench bench, BenchmarkCluster cluster, Report report, int stored) throws Exception {
        Measurement request = Measurement.of("an operation on %,d jobs requested, with its count".formatted(stored),
                "ms");
        Measurement rate = Measurement.of("jobs deleted in a second by it, under that load", "");
        long start = System.nanoTime();
        String id = text(cluster, HttpConnection.post("/bulk", "{\"action\":\"delete\",\"filter\":{}}"), 202, ID);
        request.add((System.nanoTime() - start) / 1e6);
        report.add(submissions(bench, cluster, "while %,d are deleted by one operation".formatted(stored)));
        long done = Long.parseLong(text(cluster, HttpConnection.get("/bulk/" + id), 200, DONE));
        rate.add(done * 1e9 / (System.nanoTime() - start));
        text(cluster, HttpConnection.post("/bulk/" + id + "/cancel", ""), 200, ID);
        report.add(request);
        report.add(rate);
    }

    private static String text(BenchmarkCluster cluster, byte[] request, int status, Pattern wanted)
            throws IOException {
        try (HttpConnection connection = new HttpConnection(cluster.port())) {
            HttpConnection.Response response = connection.exchange(request);
            response.require(status);
            return response.find(wanted);
        }
    }

    private static Measurement submissions(Bench bench, BenchmarkCluster cluster, String when) throws Exception {
        Measurement p95 = Measurement.of("submission, p95, " + when, "ms");
        Load load = new Load(bench.settings().connections()).open(SUBMISSIONS_PER_SECOND, bench.settings().time(),
                cluster.submissions());
        p95.add(load.latencies().milliseconds(95), load.latencies().raw());
        return p95;
    }

}
