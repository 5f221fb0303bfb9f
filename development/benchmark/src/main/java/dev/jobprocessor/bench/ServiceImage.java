package dev.jobprocessor.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.jobprocessor.local.ClusterLog;
import dev.jobprocessor.local.JarUnpacker;
import dev.jobprocessor.local.Service;
import dev.jobprocessor.local.ServiceProcess;

/**
 * A service as its Docker image has it: unpacked, with a cache of its classes, but no
 * profiles, made by a first start, and with the same options of the JVM.
 *
 * @param options other than for the heap's limit
 */
record ServiceImage(Path jar, List<String> options) {

    // A 16th of what Compose gives is the heap at first, as the image takes.
    private static final List<String> API = List.of("-XX:+UseSerialGC", "-Xms48m", "-XX:TrimNativeHeapInterval=5000",
            "-XX:-UsePerfData");

    private static final List<String> WORKER = List.of("-XX:+UseSerialGC", "-Xms32m", "-XX:TrimNativeHeapInterval=5000",
            "-XX:-UsePerfData", "-Dsun.net.inetaddr.ttl=5");

    static ServiceImage ofApi(Path executable, Path directory, ClusterLog log)
            throws IOException, InterruptedException {
        return made(executable, directory, API, log);
    }

    static ServiceImage ofWorker(Path executable, Path directory, ClusterLog log)
            throws IOException, InterruptedException {
        return made(executable, directory, WORKER, log);
    }

    /** With the cache and a limit of the heap, such as {@code -Xmx460m}. */
    List<String> options(String heap) {
        return with(heap, "-XX:AOTCache=" + cache());
    }

    private static ServiceImage made(Path executable, Path directory, List<String> options, ClusterLog log)
            throws IOException, InterruptedException {
        ServiceImage image = new ServiceImage(new JarUnpacker(directory).unpack(executable), options);
        if (!image.hasCache()) {
            image.train(log);
        }
        return image;
    }

    private void train(ClusterLog log) throws InterruptedException {
        List<String> training = with("-XX:AOTCacheOutput=" + cache(), "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-AOTRecordTraining", "-Dspring.context.exit=onRefresh");
        ServiceProcess process = ServiceProcess.start(new Service("training", this.jar, false, training, Map.of()),
                log);
        while (process.handle() == null) {
            Thread.sleep(10);
        }
        Processes.of(process).onExit().join();
        process.stop(BenchmarkCluster.GRACE);
    }

    /**
     * A JVM takes no cache that was made with other jars, and says nothing: the one that
     * starts the services changes, while theirs are where they were.
     */
    private boolean hasCache() throws IOException {
        Path launcher = Path.of(JarUnpacker.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        return Files.exists(cache())
                && Files.getLastModifiedTime(cache()).compareTo(Files.getLastModifiedTime(launcher)) > 0;
    }

    private Path cache() {
        return this.jar.resolveSibling("classes-%s.aot".formatted(Runtime.version()));
    }

    private List<String> with(String... more) {
        return Stream.concat(this.options.stream(), Stream.of(more)).toList();
    }

}
