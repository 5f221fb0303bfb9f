package dev.jobprocessor.bench;

import java.util.Map;
import java.util.stream.Stream;

/**
 * What a job costs more where its submitter has to show a key, compilers not counted, as
 * more code takes them longer until it is compiled. Open access is measured before and
 * after, since a machine changes from minute to minute: by how much, the two of them
 * show.
 */
final class CostOfAccess implements Figure {

    @Override
    public void measure(Bench bench, Report report) throws Exception {
        Measurement share = Measurement.of("CPU per job with keys required, of that with open access", "%",
                Goal.atMost(105));
        Measurement control = Measurement.of("the same of open access measured again, of the time before", "%");
        int jobs = bench.settings().fewerJobs();
        try (BenchmarkCluster open = cluster(bench, Access.OPEN);
                BenchmarkCluster required = cluster(bench, Access.REQUIRED)) {
            for (int i = 0; i < bench.settings().repeats(); i++) {
                double before = cpu(open, jobs);
                double between = cpu(required, jobs);
                double after = cpu(open, jobs);
                share.add(200 * between / (before + after), Map.of("open", (before + after) / 2, "required", between));
                control.add(100 * after / before);
            }
        }
        report.add(share);
        report.add(control);
    }

    private static BenchmarkCluster cluster(Bench bench, Access access) throws Exception {
        BenchmarkCluster cluster = bench.cluster("0ms", Bench.PREFETCH, access);
        cluster.warmUp();
        return cluster;
    }

    /** In milliseconds. */
    private static double cpu(BenchmarkCluster cluster, int jobs) throws InterruptedException {
        double before = cpuSeconds(cluster);
        cluster.work(jobs);
        return (cpuSeconds(cluster) - before) * 1000 / jobs;
    }

    private static double cpuSeconds(BenchmarkCluster cluster) {
        return Stream.of(cluster.api(), cluster.worker())
            .mapToDouble((service) -> Processes.cpuSeconds(service) - Processes.compilerSeconds(service))
            .sum();
    }

}
