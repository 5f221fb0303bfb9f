package dev.jobprocessor.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** What more instances of the API cost: for a job, and while nothing happens. */
final class Instances implements Figure {

    private static final int MOST = 4;

    @Override
    public void measure(Bench bench, Report report) throws Exception {
        CostOfAJob.Cost one = new CostOfAJob.Cost(", 1 instance");
        CostOfAJob.Cost cost = one;
        try (BenchmarkCluster cluster = bench.cluster("0ms", Bench.PREFETCH)) {
            measure(bench, cluster, one, report);
            while (cluster.apis().size() < MOST) {
                for (int more = cluster.apis().size(); more > 0; more--) {
                    cluster.startApi();
                    cluster.startWorker("0ms", Bench.PREFETCH, Bench.WORKER_HEAP);
                }
                cost = new CostOfAJob.Cost(", %d instances".formatted(cluster.apis().size()));
                measure(bench, cluster, cost, report);
            }
        }
        report.add(share("CPU per job", cost.cpuMilliseconds(), one.cpuMilliseconds()));
        report.add(share("database commands per job", cost.commands(), one.commands()));
    }

    private static void measure(Bench bench, BenchmarkCluster cluster, CostOfAJob.Cost cost, Report report)
            throws IOException, InterruptedException {
        for (int i = 0; i < cluster.apis().size(); i++) {
            cluster.warmUp();
        }
        rest(cluster, bench.settings().time(), report);
        for (int i = 0; i < bench.settings().repeats(); i++) {
            cost.measure(cluster, bench.settings().jobs());
        }
        cost.addTo(report);
    }

    private static void rest(BenchmarkCluster cluster, Duration time, Report report)
            throws IOException, InterruptedException {
        int count = cluster.apis().size();
        Measurement commands = Measurement.of("database commands a second at rest, %d instance(s)".formatted(count),
                "");
        Measurement cpu = Measurement.of("CPU of them at rest, %d instance(s)".formatted(count), "ms/s");
        Metrics metricsBefore = Metrics.of(cluster.apis());
        double cpuBefore = Processes.cpuSeconds(cluster.apis());
        Thread.sleep(time);
        double seconds = time.toSeconds();
        cpu.add((Processes.cpuSeconds(cluster.apis()) - cpuBefore) * 1000 / seconds);
        Map<String, Double> counted = Metrics.of(cluster.apis())
            .since(metricsBefore, "mongodb_driver_commands_seconds_count", "command");
        counted.replaceAll((name, times) -> times / seconds);
        commands.add(counted.values().stream().mapToDouble(Double::doubleValue).sum(), counted);
        report.add(commands);
        report.add(cpu);
    }

    private static Measurement share(String what, double last, double first) {
        Measurement share = Measurement.of("%s with %d instances, of that with one".formatted(what, MOST), "%");
        share.add(100 * last / first);
        return share;
    }

}
