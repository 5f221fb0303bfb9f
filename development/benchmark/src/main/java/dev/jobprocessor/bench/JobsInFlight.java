package dev.jobprocessor.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.jobprocessor.local.ServiceProcess;

/**
 * How many jobs one worker works at once in a small heap, and whether each gets its time
 * and no more. The jobs wait in the broker when the worker starts; how fast the API takes
 * the results is not looked at.
 */
final class JobsInFlight implements Figure {

    private static final int JOBS = 50_000;

    private static final int BATCH = 500;

    /** In megabytes; with no more than the goal, the worker would only collect. */
    private static final int HEAP = 1536;

    private static final int HEAP_GOAL = 512;

    private static final Duration WORK = Duration.ofSeconds(5);

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private static final Pattern WORKED = Pattern.compile("Completed in ([0-9.]+) s");

    @Override
    public void measure(Bench bench, Report report) throws Exception {
        int jobs = Math.min(JOBS, bench.settings().jobs() * 5 / 2);
        Measurement peak = Measurement.of("jobs in flight in one worker", "", Goal.atLeast(jobs));
        Measurement heap = Measurement.of("heap of that worker at its height", "MB", Goal.atMost(HEAP_GOAL));
        Measurement late = Measurement.of("end of work after it was due, p99", "ms", Goal.atMost(250));
        for (int i = 0; i < bench.settings().repeats(); i++) {
            try (BenchmarkCluster cluster = bench.cluster()) {
                submit(cluster, jobs);
                work(bench, cluster, jobs, peak, heap, late);
            }
        }
        report.add(peak);
        report.add(heap);
        report.add(late);
    }

    private static void submit(BenchmarkCluster cluster, int jobs) throws InterruptedException {
        String batch = "{\"prompt\":\"Summarise this\"},".repeat(BATCH);
        byte[] request = HttpConnection.post("/jobs/batch", "[" + batch.substring(0, batch.length() - 1) + "]");
        new Load(2).closed(Load.times(Math.ceilDiv(jobs, BATCH)), HttpConnection.client(cluster.port(), request, 201));
        cluster.jobs().awaitPublished();
    }

    private static void work(Bench bench, BenchmarkCluster cluster, int jobs, Measurement peak, Measurement heap,
            Measurement late) throws Exception {
        Latencies delays = new Latencies();
        bench.log().readBy((line) -> record(line, delays));
        ServiceProcess worker = cluster.startWorker(WORK.toSeconds() + "s", JOBS, "-Xmx" + HEAP + "m");
        double inFlight = 0;
        double used = 0;
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (delays.count() < jobs && System.nanoTime() < deadline) {
            Metrics metrics = Metrics.of(worker);
            inFlight = Math.max(inFlight, metrics.sum("worker_jobs_in_flight"));
            used = Math.max(used, metrics.by("jvm_memory_used_bytes", "area").getOrDefault("heap", 0.0));
            Thread.sleep(200);
        }
        peak.add(inFlight);
        heap.add(used / 1024 / 1024);
        late.add(delays.milliseconds(99), delays.raw());
    }

    private static void record(String line, Latencies delays) {
        Matcher worked = WORKED.matcher(line);
        if (worked.find()) {
            long taken = (long) (Double.parseDouble(worked.group(1)) * TimeUnit.SECONDS.toNanos(1));
            delays.add(taken - WORK.toNanos());
        }
    }

}
