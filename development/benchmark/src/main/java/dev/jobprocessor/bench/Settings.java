package dev.jobprocessor.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What is measured, and how much of it.
 *
 * @param figures the names of the figures, in their order
 * @param jobs how many jobs the cost of one is taken of; smaller loads are parts of it
 * @param connections how many clients of the API there are
 * @param repeats how often each figure is measured
 * @param time how long a load lasts that has no number of jobs
 * @param stored how many jobs are stored where that may matter, ascending
 * @param clients how many dashboards are pushed to
 * @param report the file of the report
 * @param version the product's
 * @param apiJar the executable jar of api-service
 * @param workerJar the executable jar of worker-service
 */
record Settings(List<String> figures, int jobs, int connections, int repeats, Duration time, List<Integer> stored,
        int clients, Path report, String version, Path apiJar, Path workerJar) {

    /**
     * Reads the settings from system properties.
     * @throws IllegalArgumentException if one of them makes no sense
     */
    static Settings from(Properties properties) {
        return new Settings(
                list(properties, "figures", String.join(",", Benchmark.FIGURES.keySet())).map(Settings::figure)
                    .toList(),
                number(properties, "jobs", 20_000), number(properties, "connections", 64),
                number(properties, "repeats", 2), Duration.ofSeconds(number(properties, "seconds", 10)),
                list(properties, "stored", "100,10000,100000").map((size) -> number("stored", size)).sorted().toList(),
                number(properties, "clients", 1000), Path.of(text(properties, "report", "target/bench/report.json")),
                text(properties, "version", "unknown"), built(properties, "api-service.jar"),
                built(properties, "worker-service.jar"));
    }

    /** How many jobs a smaller load has. */
    int fewerJobs() {
        return this.jobs / 4 + 1;
    }

    Path directory() {
        return Objects.requireNonNull(this.report.toAbsolutePath().getParent());
    }

    private static String text(Properties properties, String name, String fallback) {
        String text = properties.getProperty(name, "");
        return text.isBlank() ? fallback : text;
    }

    private static String figure(String name) {
        if (Benchmark.FIGURES.containsKey(name)) {
            return name;
        }
        throw new IllegalArgumentException(
                "-Dfigures: there is no '%s', only %s".formatted(name, String.join(",", Benchmark.FIGURES.keySet())));
    }

    private static Stream<String> list(Properties properties, String name, String fallback) {
        return Arrays.stream(text(properties, name, fallback).split(",")).map(String::strip);
    }

    private static int number(Properties properties, String name, int fallback) {
        return number(name, text(properties, name, String.valueOf(fallback)));
    }

    private static int number(String name, String text) {
        if (text.matches("[1-9][0-9]{0,6}")) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException("-D%s: '%s' is no whole number from 1 to 9999999".formatted(name, text));
    }

    private static Path built(Properties properties, String name) {
        Path built = Path.of(properties.getProperty(name, name));
        if (Files.exists(built)) {
            return built;
        }
        throw new IllegalArgumentException("There is no %s: ./mvnw -Pbench builds it".formatted(built));
    }

}
