package dev.jobprocessor.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** How soon the services are ready, how small they are at rest, and their images. */
final class Starts implements Figure {

    private static final Duration REST = Duration.ofSeconds(10);

    @Override
    public void measure(Bench bench, Report report) throws Exception {
        Measurement apiStart = Measurement.of("api-service from start to ready", "s", Goal.atMost(3));
        Measurement workerStart = Measurement.of("worker-service from start to ready", "s", Goal.atMost(2));
        Measurement apiMemory = Measurement.of("api-service resident at rest", "MB", Goal.atMost(200));
        Measurement workerMemory = Measurement.of("worker-service resident at rest", "MB", Goal.atMost(200));
        for (int i = 0; i < bench.settings().repeats(); i++) {
            try (BenchmarkCluster cluster = bench.cluster("5s", Bench.PREFETCH)) {
                apiStart.add(cluster.startSeconds(cluster.api()));
                workerStart.add(cluster.startSeconds(cluster.worker()));
                Thread.sleep(REST);
                apiMemory.add(Processes.residentMegabytes(cluster.api()));
                workerMemory.add(Processes.residentMegabytes(cluster.worker()));
            }
        }
        List.of(apiStart, workerStart, apiMemory, workerMemory).forEach(report::add);
        image("api-service", report);
        image("worker-service", report);
        image("ui", report);
    }

    private static void image(String name, Report report) throws IOException, InterruptedException {
        String size = docker("image", "inspect", "--format", "{{.Size}}", "job-processor/" + name);
        if (size.matches("[0-9]+")) {
            Measurement image = Measurement.of("image of " + name + ", uncompressed", "MB");
            image.add(Long.parseLong(size) / 1e6);
            report.add(image);
        }
        else {
            report.note("Skipped: the size of %s's image (no Docker with that image responses).".formatted(name));
        }
    }

    private static String docker(String... arguments) throws InterruptedException {
        try {
            ProcessBuilder docker = new ProcessBuilder("docker");
            docker.command().addAll(List.of(arguments));
            Process process = docker.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String response = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return (process.waitFor() == 0) ? response.strip() : "";
        }
        catch (IOException ex) {
            return ""; // not installed
        }
    }

}
