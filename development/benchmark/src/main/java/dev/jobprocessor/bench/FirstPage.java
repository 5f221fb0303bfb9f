package dev.jobprocessor.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** How fast the page is served that every dashboard polls, however much is stored. */
final class FirstPage implements Figure {

    @Override
    public void measure(Bench bench, Report report) throws Exception {
        Map<Integer, Double> rates = new LinkedHashMap<>();
        try (BenchmarkCluster cluster = bench.cluster("0ms", Bench.PREFETCH)) {
            cluster.work(100);
            warmUp(bench, cluster);
            for (int size : bench.settings().stored()) {
                cluster.jobs().fillUpTo(size);
                rates.put(size, measure(bench, report, cluster, size));
            }
        }
        int least = bench.settings().stored().getFirst();
        int most = bench.settings().stored().getLast();
        Measurement growth = Measurement.of("GET /jobs with %,d stored, of the rate with %,d".formatted(most, least),
                "%", Goal.atLeast(90));
        growth.add(100 * rates.getOrDefault(most, 0.0) / rates.getOrDefault(least, 1.0));
        report.add(growth);
    }

    private static void warmUp(Bench bench, BenchmarkCluster cluster) throws Exception {
        run(bench, cluster, HttpConnection.get("/health"), 200);
        run(bench, cluster, HttpConnection.get("/jobs"), 200);
        run(bench, cluster, unchanged(cluster), 304);
    }

    private static double measure(Bench bench, Report report, BenchmarkCluster cluster, int size) throws Exception {
        String when = ", %,d stored".formatted(size);
        Measurement health = Measurement.of("GET /health in a second" + when, "");
        Measurement page = Measurement.of("GET /jobs (200) in a second" + when, "");
        Measurement full = Measurement.of("GET /jobs (200), of the rate of /health" + when, "%", Goal.atLeast(60));
        Measurement same = Measurement.of("GET /jobs (304), of the rate of /health" + when, "%", Goal.atLeast(90));
        Measurement reads = Measurement.of("database reads in a second for GET /jobs" + when, "", Goal.atMost(4));
        for (int i = 0; i < bench.settings().repeats(); i++) {
            Metrics atRest = Metrics.of(cluster.api());
            long rest = System.nanoTime();
            Load healths = run(bench, cluster, HttpConnection.get("/health"), 200);
            Metrics before = Metrics.of(cluster.api());
            long start = System.nanoTime();
            Load pages = run(bench, cluster, HttpConnection.get("/jobs"), 200);
            Load unchanged = run(bench, cluster, unchanged(cluster), 304);
            long end = System.nanoTime();
            health.add(healths.perSecond(), healths.latencies().raw());
            page.add(pages.perSecond(), pages.latencies().raw());
            full.add(100 * pages.perSecond() / healths.perSecond());
            same.add(100 * unchanged.perSecond() / healths.perSecond(), unchanged.latencies().raw());
            double readsAtRest = reads(atRest, before) * 1e9 / (start - rest);
            reads.add(reads(before, Metrics.of(cluster.api())) * 1e9 / (end - start) - readsAtRest,
                    Map.of("atRest", readsAtRest));
        }
        report.add(health);
        report.add(page);
        report.add(full);
        report.add(same);
        report.add(reads);
        return page.median();
    }

    private static double reads(Metrics before, Metrics after) {
        return after.since(before, "mongodb_driver_commands_seconds_count", "command")
            .entrySet()
            .stream()
            .filter((command) -> command.getKey().matches("find|count|aggregate|getMore"))
            .mapToDouble(Map.Entry::getValue)
            .sum();
    }

    private static byte[] unchanged(BenchmarkCluster cluster) throws IOException {
        try (HttpConnection connection = new HttpConnection(cluster.port())) {
            String etag = connection.exchange(HttpConnection.get("/jobs")).etag();
            return HttpConnection.get("/jobs", "If-None-Match: " + etag);
        }
    }

    private static Load run(Bench bench, BenchmarkCluster cluster, byte[] request, int status)
            throws InterruptedException {
        return new Load(bench.settings().connections()).closed(Load.during(bench.settings().time().dividedBy(2)),
                HttpConnection.client(cluster.port(), request, status));
    }

}
