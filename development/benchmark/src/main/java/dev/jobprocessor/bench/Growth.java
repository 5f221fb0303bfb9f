package dev.jobprocessor.bench;

/** Whether a job costs the same however many are stored. */
final class Growth implements Figure {

    @Override
    public void measure(Bench bench, Report report) throws Exception {
        int least = bench.settings().stored().getFirst();
        int most = bench.settings().stored().getLast();
        CostOfAJob.Cost first = new CostOfAJob.Cost(", %,d stored before".formatted(least));
        CostOfAJob.Cost last = first;
        try (BenchmarkCluster cluster = bench.cluster("0ms", Bench.PREFETCH)) {
            cluster.warmUp();
            cluster.jobs().forget();
            for (int size : bench.settings().stored()) {
                CostOfAJob.Cost cost = (size == least) ? first
                        : new CostOfAJob.Cost(", %,d stored before".formatted(size));
                cluster.jobs().fillUpTo(size);
                for (int i = 0; i < bench.settings().repeats(); i++) {
                    cost.measure(cluster, bench.settings().fewerJobs());
                }
                cost.addTo(report);
                last = cost;
            }
        }
        report.add(share("CPU per job", most, least, last.cpuMilliseconds(), first.cpuMilliseconds()));
        report.add(share("database commands per job", most, least, last.commands(), first.commands()));
    }

    private static Measurement share(String what, int most, int least, double last, double first) {
        Measurement share = Measurement.of("%s with %,d stored, of that with %,d".formatted(what, most, least), "%",
                Goal.atMost(110));
        share.add(100 * last / first);
        return share;
    }

}
