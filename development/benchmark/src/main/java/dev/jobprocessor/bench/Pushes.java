package dev.jobprocessor.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How soon many dashboards hear of changes, of which each job makes three. */
final class Pushes implements Figure {

    private static final int CHANGES = 100;

    private static final int CHANGES_OF_A_JOB = 3;

    @Override
    public void measure(Bench bench, Report report) throws Exception {
        String what = "change to its frame, p99, %,d dashboards, %d changes a second"
            .formatted(bench.settings().clients(), CHANGES);
        Measurement p99 = Measurement.of(what, "ms", Goal.atMost(300));
        Measurement heard = Measurement.of("completions that every dashboard heard of", "%", Goal.atLeast(100));
        try (BenchmarkCluster cluster = bench.cluster("2s", Bench.PREFETCH)) {
            cluster.warmUp();
            for (int i = 0; i < bench.settings().repeats(); i++) {
                measure(bench, cluster, p99, heard);
            }
        }
        report.add(p99);
        report.add(heard);
    }

    private static void measure(Bench bench, BenchmarkCluster cluster, Measurement p99, Measurement heard)
            throws Exception {
        Latencies latencies = new Latencies();
        List<PushListener> listeners = connect(bench, cluster, latencies);
        try {
            Load load = new Load(bench.settings().connections()).open((double) CHANGES / CHANGES_OF_A_JOB,
                    bench.settings().time(), cluster.submissions());
            cluster.jobs().awaitEnd();
            Thread.sleep(1000); // for the frames of the last changes
            requireAlive(listeners);
            p99.add(latencies.milliseconds(99), latencies.raw());
            long least = listeners.stream().mapToLong(PushListener::completions).min().orElse(0);
            heard.add(100.0 * least / load.latencies().count());
        }
        finally {
            for (PushListener listener : listeners) {
                listener.close();
            }
        }
    }

    private static List<PushListener> connect(Bench bench, BenchmarkCluster cluster, Latencies latencies)
            throws IOException {
        List<PushListener> listeners = new ArrayList<>();
        for (int i = 0; i < bench.settings().clients(); i++) {
            listeners.add(new PushListener(cluster.port(), latencies));
        }
        return listeners;
    }

    private static void requireAlive(List<PushListener> listeners) {
        listeners.stream().map(PushListener::end).filter((end) -> !end.isEmpty()).findAny().ifPresent((end) -> {
            throw new IllegalStateException("A dashboard lost its connection: " + end);
        });
    }

}
