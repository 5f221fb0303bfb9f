package dev.jobprocessor.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * The product beside {@link BullMq}, in turn on the same machine: jobs of no work,
 * submitted as fast as both bear it.
 */
final class AgainstBullMq implements Figure {

    private final Comparison cpu = new Comparison("CPU per job, both services", "ms", Goal.atMost(0.7));

    private final Comparison completed = new Comparison("jobs completed in a second, while they are submitted", "",
            Goal.atLeast(1));

    private final Comparison submitted = new Comparison("jobs submitted in a second, while they are worked", "",
            Goal.atLeast(2.5));

    private final Comparison p99 = new Comparison("response to a submission then, p99", "ms", Goal.atMost(1));

    @Override
    public void measure(Bench bench, Report report) throws Exception {
        if (!BullMq.isAvailable()) {
            report.note("Skipped: the comparison with BullMQ (needs Node, npm and redis-server).");
            return;
        }
        try (BenchmarkCluster cluster = bench.cluster("0ms", Bench.PREFETCH);
                BullMq bullMq = BullMq.start(bench.settings())) {
            cluster.warmUp();
            bullMq.work(bench.settings().jobs());
            for (int i = 0; i < bench.settings().repeats(); i++) {
                add(round(cluster::work, cluster::cpuSeconds, bench.settings().jobs()),
                        round(bullMq::work, bullMq::cpuSeconds, bench.settings().jobs()));
            }
        }
        for (Comparison comparison : List.of(this.cpu, this.completed, this.submitted, this.p99)) {
            comparison.addTo(report);
        }
    }

    private void add(Round ours, Round theirs) {
        this.cpu.add(ours.cpu(), theirs.cpu());
        this.completed.add(ours.completed(), theirs.completed());
        this.submitted.add(ours.submitted(), theirs.submitted());
        this.p99.add(ours.p99(), theirs.p99());
    }

    private static Round round(Work work, DoubleSupplier cpuSeconds, int jobs) throws Exception {
        double before = cpuSeconds.getAsDouble();
        long start = System.nanoTime();
        Load load = work.of(jobs);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Round((cpuSeconds.getAsDouble() - before) * 1000 / jobs, jobs / seconds, load.perSecond(),
                load.latencies().milliseconds(99));
    }

    /** Submits so many jobs as fast as it can, and returns when all have ended. */
    @FunctionalInterface
    private interface Work {

        Load of(int jobs) throws Exception;

    }

    /**
     * What so many jobs took.
     *
     * @param cpu of the services for a job, in milliseconds
     * @param completed jobs a second, from the first submission to the last completion
     * @param submitted jobs a second
     * @param p99 of the responses to submissions, in milliseconds
     */
    private record Round(double cpu, double completed, double submitted, double p99) {

    }

    /** One figure of both, and their ratio. */
    private static final class Comparison {

        private final Measurement ours;

        private final Measurement theirs;

        private final Measurement ratio;

        Comparison(String name, String unit, Goal goal) {
            this.ours = Measurement.of(name, unit);
            this.theirs = Measurement.of(name + ", of BullMQ", unit);
            this.ratio = Measurement.of(name + ", times BullMQ's", "", goal);
        }

        void add(double ours, double theirs) {
            this.ours.add(ours);
            this.theirs.add(theirs);
            Map<String, Double> raw = new LinkedHashMap<>();
            raw.put("ours", ours);
            raw.put("theirs", theirs);
            this.ratio.add(ours / theirs, raw);
        }

        void addTo(Report report) {
            List.of(this.ours, this.theirs, this.ratio).forEach(report::add);
        }

    }

}
