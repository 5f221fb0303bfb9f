package dev.jobprocessor.bench;

import java.util.Collections;
import java.util.List;
import java.util.Map;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;

/**
 * How fast jobs are accepted, one and a hundred a call, beside a baseline on the same
 * servers. No worker runs.
 */
final class Submissions implements Figure {

    private static final int BATCH = 100;

    /** The product has much more to compile than the baseline. */
    private static final int WARM_UPS = 3;

    @Override
    public void measure(Bench bench, Report report) throws Exception {
        try (BenchmarkCluster cluster = bench.cluster(); Baseline baseline = Baseline.of(cluster)) {
            String one = "{\"prompt\":\"Summarise this\"}";
            String many = Collections.nCopies(BATCH, one).toString();
            Comparison single = new Comparison(1, cluster, post(cluster, "/jobs", one), baseline);
            Comparison batch = new Comparison(BATCH, cluster, post(cluster, "/jobs/batch", many), baseline);
            for (Comparison comparison : List.of(single, batch)) {
                comparison.warmUp(bench);
                for (int i = 0; i < bench.settings().repeats(); i++) {
                    comparison.measure(bench);
                }
                comparison.addTo(report);
            }
        }
    }

    private static Load.Client post(BenchmarkCluster cluster, String path, String json) {
        return HttpConnection.client(cluster.port(), HttpConnection.post(path, json), 201);
    }

    private static final class Comparison {

        private final int batch;

        private final BenchmarkCluster cluster;

        private final Load.Client ours;

        private final Baseline baseline;

        private final Measurement rate;

        private final Measurement baselineRate;

        private final Measurement share;

        private final Measurement p99;

        private final Measurement baselineP99;

        Comparison(int batch, BenchmarkCluster cluster, Load.Client ours, Baseline baseline) {
            this.batch = batch;
            this.cluster = cluster;
            this.ours = ours;
            this.baseline = baseline;
            String what = (batch == 1) ? "jobs submitted in a second, one a call"
                    : "jobs submitted in a second, " + batch + " a call";
            this.rate = Measurement.of(what, "");
            this.baselineRate = Measurement.of(what + ", by a baseline", "");
            this.share = Measurement.of(what + ", of the baseline's", "%", Goal.atLeast(80));
            String call = (batch == 1) ? "response to a call of one job, p99"
                    : "response to a call of " + batch + " jobs, p99";
            this.p99 = Measurement.of(call, "ms");
            this.baselineP99 = Measurement.of(call + ", of a baseline", "ms");
        }

        void warmUp(Bench bench) throws Exception {
            for (int i = 0; i < WARM_UPS; i++) {
                run(bench, this.ours);
                forget();
            }
            runBare(bench);
        }

        /** In turn, so that whatever else the machine does hits both. */
        void measure(Bench bench) throws Exception {
            Load product = run(bench, this.ours);
            long unpublished = this.cluster.jobs().unpublished();
            forget();
            Load program = runBare(bench);
            this.rate.add(product.perSecond() * this.batch, Map.of("unpublishedAtEnd", unpublished));
            this.baselineRate.add(program.perSecond() * this.batch);
            this.share.add(100 * product.perSecond() / program.perSecond());
            this.p99.add(product.latencies().milliseconds(99), product.latencies().raw());
            this.baselineP99.add(program.latencies().milliseconds(99), program.latencies().raw());
        }

        private Load runBare(Bench bench) throws Exception {
            Load load = run(bench, this.baseline.client(this.batch));
            this.baseline.forget();
            return load;
        }

        private static Load run(Bench bench, Load.Client client) throws InterruptedException {
            return new Load(bench.settings().connections()).closed(Load.during(bench.settings().time()), client);
        }

        /**
         * So that the baseline has no more to do with the product's messages, and servers
         * that keep all in memory have enough of it.
         */
        private void forget() throws Exception {
            this.cluster.jobs().awaitPublished();
            this.cluster.jobs().forget();
            try (Connection connection = this.cluster.servers().connect();
                    Channel channel = connection.createChannel()) {
                channel.queuePurge("jobs.work");
            }
        }

        void addTo(Report report) {
            List.of(this.rate, this.baselineRate, this.share, this.p99, this.baselineP99).forEach(report::add);
        }

    }

}
