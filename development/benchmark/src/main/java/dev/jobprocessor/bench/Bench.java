package dev.jobprocessor.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.jobprocessor.local.ClusterLog;

/** What all figures need: the settings, the services as they are started, their log. */
record Bench(Settings settings, ServiceImage api, ServiceImage worker, ServiceLog log) implements AutoCloseable {

    /** The product's default. */
    static final int PREFETCH = 1000;

    /** 60 % of what Compose gives a worker. */
    static final String WORKER_HEAP = "-Xmx307m";

    static Bench prepare(Settings settings) throws IOException, InterruptedException {
        Path directory = settings.directory();
        Files.createDirectories(directory);
        ServiceLog log = new ServiceLog(directory.resolve("services.log"));
        ClusterLog lines = new ClusterLog(log, false);
        Path services = directory.resolve("services");
        return new Bench(settings, ServiceImage.ofApi(settings.apiJar(), services, lines),
                ServiceImage.ofWorker(settings.workerJar(), services, lines), log);
    }

    /** An API on servers of its own, with nothing stored. */
    BenchmarkCluster cluster() throws Exception {
        return BenchmarkCluster.start(this, Access.OPEN);
    }

    /**
     * The same with one worker.
     * @param work how long it takes for a job, such as {@code 5s}
     * @param prefetch how many jobs it may have in flight
     */
    BenchmarkCluster cluster(String work, int prefetch) throws Exception {
        return cluster(work, prefetch, Access.OPEN);
    }

    BenchmarkCluster cluster(String work, int prefetch, Access access) throws Exception {
        BenchmarkCluster cluster = BenchmarkCluster.start(this, access);
        cluster.startWorker(work, prefetch, WORKER_HEAP);
        return cluster;
    }

    @Override
    public void close() {
        this.log.close();
    }

}
