package dev.jobprocessor.bench;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** How much longer than its work a job takes, at an even rate of jobs. */
final class TimeToCompleted implements Figure {

    private static final Duration WORK = Duration.ofSeconds(5);

    private static final int CALM = 50;

    private static final double SHARE = 0.6;

    @Override
    public void measure(Bench bench, Report report) throws Exception {
        Rate calm = new Rate("at %d jobs a second".formatted(CALM), Goal.atMost(10), Goal.atMost(50));
        Rate busy = new Rate("at 60 % of peak throughput", null, Goal.atMost(250));
        Measurement peak = Measurement.of("jobs of 5 s completed per second, peak throughput", "");
        try (BenchmarkCluster cluster = bench.cluster("5s", 5000)) {
            cluster.warmUp();
            for (int i = 0; i < bench.settings().repeats(); i++) {
                peak.add(peak(bench, cluster));
                busy.measure(bench, cluster, SHARE * peak.values().getLast());
                calm.measure(bench, cluster, CALM);
            }
        }
        report.add(peak);
        calm.addTo(report);
        busy.addTo(report);
    }

    private static double peak(Bench bench, BenchmarkCluster cluster) throws InterruptedException {
        Instant start = Instant.now();
        cluster.work(bench.settings().fewerJobs());
        return cluster.jobs().perSecond(start, WORK);
    }

    private static final class Rate {

        private final Measurement p50;

        private final Measurement p99;

        private final Measurement response;

        Rate(String when, @Nullable Goal p50, Goal p99) {
            String name = "time to COMPLETED without the work, p50, " + when;
            this.p50 = (p50 != null) ? Measurement.of(name, "ms", p50) : Measurement.of(name, "ms");
            this.p99 = Measurement.of("time to COMPLETED without the work, p99, " + when, "ms", p99);
            this.response = Measurement.of("response to a submission, from when it was due, p99, " + when, "ms");
        }

        void measure(Bench bench, BenchmarkCluster cluster, double rate) throws InterruptedException {
            Instant start = Instant.now();
            Load load = new Load(bench.settings().connections()).open(rate, bench.settings().time(),
                    cluster.submissions());
            cluster.jobs().awaitEnd();
            Latencies delays = cluster.jobs().delays(start, WORK);
            this.p50.add(delays.milliseconds(50));
            this.p99.add(delays.milliseconds(99), delays.raw());
            this.response.add(load.latencies().milliseconds(99), load.latencies().raw());
        }

        void addTo(Report report) {
            report.add(this.p50);
            report.add(this.p99);
            report.add(this.response);
        }

    }

}
