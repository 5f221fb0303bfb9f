package dev.jobprocessor.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.jobprocessor.local.Ports;

/**
 * What many would pick instead: the same way of a job on Express, BullMQ and Redis, which
 * writes its log to the disk once a second.
 */
final class BullMq implements AutoCloseable {

    private static final Path SOURCES = Path.of("development/benchmark/bullmq");

    private static final List<String> PROGRAMS = List.of("node", "npm", "redis-server");

    private static final Duration INSTALLING = Duration.ofMinutes(5);

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private static final byte[] SUBMISSION = HttpConnection.post("/jobs", "{\"prompt\":\"Summarise this\"}");

    private static final byte[] COMPLETED = HttpConnection.get("/completed");

    private final List<Process> processes = new ArrayList<>();

    private final int port = Ports.require(0);

    private final int redisPort = Ports.require(0);

    private final Path directory;

    private final int connections;

    private final Process api;

    private final Process worker;

    private int submitted;

    private BullMq(Path directory, int connections) throws IOException {
        this.directory = directory;
        this.connections = connections;
        Path data = Files.createTempDirectory(directory, "redis");
        start("redis-server", "--port", String.valueOf(this.redisPort), "--bind", "127.0.0.1", "--dir", data.toString(),
                "--appendonly", "yes", "--save", "");
        this.api = start("node", "server.mjs", "api");
        this.worker = start("node", "server.mjs", "worker");
    }

    /** Whether all programs that it needs can be called. */
    static boolean isAvailable() {
        List<Path> path = Arrays.stream(System.getenv("PATH").split(":")).map(Path::of).toList();
        return PROGRAMS.stream()
            .allMatch(
                    (program) -> path.stream().anyMatch((directory) -> Files.isExecutable(directory.resolve(program))));
    }

    /**
     * Installs its packages and starts its processes, with a worker whose work takes no
     * time.
     */
    static BullMq start(Settings settings) throws IOException, InterruptedException {
        Path directory = settings.directory().resolve("bullmq");
        Files.createDirectories(directory);
        for (String file : List.of("package.json", "package-lock.json", "server.mjs")) {
            Files.copy(SOURCES.resolve(file), directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Process installation = new ProcessBuilder("npm", "ci", "--silent", "--no-audit", "--no-fund")
            .directory(directory.toFile())
            .inheritIO()
            .start();
        if (!installation.waitFor(INSTALLING.toSeconds(), TimeUnit.SECONDS) || installation.exitValue() != 0) {
            installation.destroyForcibly();
            throw new IllegalStateException("npm could not install BullMQ");
        }
        BullMq bullMq = new BullMq(directory, settings.connections());
        try {
            bullMq.awaitReady();
            return bullMq;
        }
        catch (RuntimeException ex) {
            bullMq.close();
            throw ex;
        }
    }

    private Process start(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(this.directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(this.directory.resolve("services.log").toFile()));
        builder.environment()
            .putAll(Map.of("PORT", String.valueOf(this.port), "REDIS_PORT", String.valueOf(this.redisPort), "WORK", "0",
                    "NODE_ENV", "production"));
        Process process = builder.start();
        this.processes.add(process);
        return process;
    }

    private void awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (true) {
            try {
                completed();
                return;
            }
            catch (IOException ex) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("BullMQ is not ready: see services.log", ex);
                }
            }
            Thread.sleep(100);
        }
    }

    /** Submits so many jobs as fast as it can, and returns when all have ended. */
    Load work(int count) throws IOException, InterruptedException {
        Load load = new Load(this.connections).closed(Load.times(count),
                HttpConnection.client(this.port, SUBMISSION, 201));
        this.submitted += count;
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (completed() < this.submitted) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("BullMQ has not completed all jobs: see services.log");
            }
            Thread.sleep(10);
        }
        return load;
    }

    private int completed() throws IOException {
        try (HttpConnection connection = new HttpConnection(this.port)) {
            HttpConnection.Response response = connection.exchange(COMPLETED);
            response.require(200);
            return Integer.parseInt(response.text());
        }
    }

    /** How many seconds of a core its API and its worker have used so far. */
    double cpuSeconds() {
        return Processes.cpuSeconds(this.api.toHandle()) + Processes.cpuSeconds(this.worker.toHandle());
    }

    @Override
    public void close() throws InterruptedException {
        for (Process process : this.processes.reversed()) {
            process.destroy();
            if (!process.waitFor(BenchmarkCluster.GRACE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

}
