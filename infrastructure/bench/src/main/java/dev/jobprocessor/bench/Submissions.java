package dev.jobprocessor.bench;

import java.util.Collections;
import java.util.List;
import java.util.Map;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;

/**
 * How fast jobs are accepted, one and a hundred a call, beside a bare program on the same
 * servers. No worker runs.
 */
final class Submissions implements Figure {

    private static final int BATCH = 100;

    /** The product has much more to compile than the bare program. */
    private static final int WARM_UPS = 3;

    @Override
    public void measure(Bench bench, Report report) throws Exception {
        try (Cluster cluster = bench.cluster(); BareProgram bare = BareProgram.of(cluster)) {
            String one = "{\"prompt\":\"Summarise this\"}";
            String many = Collections.nCopies(BATCH, one).toString();
            Comparison single = new Comparison(1, cluster, post(cluster, "/jobs", one), bare);
            Comparison batch = new Comparison(BATCH, cluster, post(cluster, "/jobs/batch", many), bare);
            for (Comparison comparison : List.of(single, batch)) {
                comparison.warmUp(bench);
                for (int i = 0; i < bench.settings().repeats(); i++) {
                    comparison.measure(bench);
                }
                comparison.addTo(report);
            }
        }
    }

    private static Load.Client post(Cluster cluster, String path, String json) {
        return HttpConnection.client(cluster.port(), HttpConnection.post(path, json), 201);
    }

    private static final class Comparison {

        private final int batch;

        private final Cluster cluster;

        private final Load.Client ours;

        private final BareProgram bare;

        private final Measurement rate;

        private final Measurement bareRate;

        private final Measurement share;

        private final Measurement p99;

        private final Measurement bareP99;

        Comparison(int batch, Cluster cluster, Load.Client ours, BareProgram bare) {
            this.batch = batch;
            this.cluster = cluster;
            this.ours = ours;
            this.bare = bare;
            String what = (batch == 1) ? "jobs submitted in a second, one a call"
                    : "jobs submitted in a second, " + batch + " a call";
            this.rate = Measurement.of(what, "");
            this.bareRate = Measurement.of(what + ", by a bare program", "");
            this.share = Measurement.of(what + ", of the bare program's", "%", Goal.atLeast(80));
            String call = (batch == 1) ? "answer to a call of one job, p99"
                    : "answer to a call of " + batch + " jobs, p99";
            this.p99 = Measurement.of(call, "ms");
            this.bareP99 = Measurement.of(call + ", of a bare program", "ms");
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
            this.bareRate.add(program.perSecond() * this.batch);
            this.share.add(100 * product.perSecond() / program.perSecond());
            this.p99.add(product.latencies().milliseconds(99), product.latencies().raw());
            this.bareP99.add(program.latencies().milliseconds(99), program.latencies().raw());
        }

        private Load runBare(Bench bench) throws Exception {
            Load load = run(bench, this.bare.client(this.batch));
            this.bare.forget();
            return load;
        }

        private static Load run(Bench bench, Load.Client client) throws InterruptedException {
            return new Load(bench.settings().connections()).closed(Load.during(bench.settings().time()), client);
        }

        /**
         * So that the bare program has no more to do with the product's messages, and
         * servers that keep all in memory have enough of it.
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
            List.of(this.rate, this.bareRate, this.share, this.p99, this.bareP99).forEach(report::add);
        }

    }

}
