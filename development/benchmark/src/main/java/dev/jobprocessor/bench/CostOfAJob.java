package dev.jobprocessor.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a job of no work costs the services, and their servers, from its submission to its
 * completion, under as much load as the machine bears.
 */
final class CostOfAJob implements Figure {

    @Override
    public void measure(Bench bench, Report report) throws Exception {
        Cost cost = new Cost("");
        try (BenchmarkCluster cluster = bench.cluster("0ms", Bench.PREFETCH)) {
            cluster.warmUp();
            for (int i = 0; i < bench.settings().repeats(); i++) {
                cost.measure(cluster, bench.settings().jobs());
            }
        }
        cost.addTo(report);
    }

    /** The measurements of one cost. */
    static final class Cost {

        private final Measurement cpu;

        private final Measurement commands;

        private final Measurement messages;

        private final Measurement rate;

        /**
         * @param when in which state of the store
         */
        Cost(String when) {
            this.cpu = Measurement.of("CPU per job, api-service and worker-service" + when, "ms", Goal.atMost(0.6));
            this.commands = Measurement.of("database commands per job" + when, "", Goal.atMost(2.5));
            this.messages = Measurement.of("broker messages per job" + when, "", Goal.atMost(3.5));
            this.rate = Measurement.of("jobs completed in a second" + when, "");
        }

        void measure(BenchmarkCluster cluster, int jobs) throws IOException, InterruptedException {
            Usage before = Usage.of(cluster);
            long start = System.nanoTime();
            cluster.work(jobs);
            double seconds = (System.nanoTime() - start) / 1e9;
            Usage after = Usage.of(cluster);
            Map<String, Object> cpuOf = new LinkedHashMap<>();
            cpuOf.put("api-service", (after.apiCpu - before.apiCpu) * 1000 / jobs);
            cpuOf.put("worker-service", (after.workerCpu - before.workerCpu) * 1000 / jobs);
            this.cpu.add(cpuOf.values().stream().mapToDouble((cpu) -> (double) cpu).sum(), cpuOf);
            add(this.commands, after.api.since(before.api, "mongodb_driver_commands_seconds_count", "command"), jobs);
            add(this.messages, messages(before, after), jobs);
            this.rate.add(jobs / seconds);
        }

        private static Map<String, Double> messages(Usage before, Usage after) {
            Map<String, Double> messages = new LinkedHashMap<>();
            messages.put("api-service",
                    after.api.sum("rabbitmq_published_total") - before.api.sum("rabbitmq_published_total"));
            messages.put("worker-service",
                    after.worker.sum("rabbitmq_published_total") - before.worker.sum("rabbitmq_published_total"));
            return messages;
        }

        private static void add(Measurement measurement, Map<String, Double> counts, int jobs) {
            counts.replaceAll((name, count) -> count / jobs);
            measurement.add(counts.values().stream().mapToDouble(Double::doubleValue).sum(), counts);
        }

        void addTo(Report report) {
            report.add(this.cpu);
            report.add(this.commands);
            report.add(this.messages);
            report.add(this.rate);
        }

        double cpuMilliseconds() {
            return this.cpu.median();
        }

        double commands() {
            return this.commands.median();
        }

    }

    /** What the services have used and counted so far. */
    private record Usage(double apiCpu, double workerCpu, Metrics api, Metrics worker) {

        static Usage of(BenchmarkCluster cluster) throws IOException {
            return new Usage(Processes.cpuSeconds(cluster.apis()), Processes.cpuSeconds(cluster.workers()),
                    Metrics.of(cluster.apis()), Metrics.of(cluster.workers()));
        }

    }

}
