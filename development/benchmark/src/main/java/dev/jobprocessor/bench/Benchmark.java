package dev.jobprocessor.bench;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.sun.management.OperatingSystemMXBean;

/** Measures the figures that are asked for, one after the other. */
public final class Benchmark {

    static final Map<String, Figure> FIGURES = figures();

    private Benchmark() {
    }

    /** Takes its settings from system properties, see {@link Settings}. */
    public static void main(String[] args) {
        // not by returning: the embedded broker has threads that outlive a failure
        System.exit(run());
    }

    private static int run() {
        try {
            run(Settings.from(System.getProperties()));
            return 0;
        }
        catch (IllegalArgumentException ex) {
            System.err.println(ex.getMessage());
            return 1;
        }
        catch (Exception ex) {
            ex.printStackTrace();
            return 1;
        }
    }

    static void run(Settings settings) throws Exception {
        Report report = new Report();
        circumstances(settings, report);
        try (Bench bench = Bench.prepare(settings)) {
            servers(report);
            for (String name : settings.figures()) {
                measure(name, bench, report);
            }
        }
        finally {
            report.write(settings.report());
        }
        System.out.printf("%n%s%n%nAll of it is in %s%n", report.table(), settings.report());
    }

    private static void servers(Report report) throws Exception {
        try (Servers servers = Servers.start()) {
            report.circumstance("servers", servers.description());
        }
    }

    private static void measure(String name, Bench bench, Report report) throws Exception {
        System.out.println(name);
        Instant start = Instant.now();
        Objects.requireNonNull(FIGURES.get(name)).measure(bench, report);
        System.out.printf("    took %d s%n", Duration.between(start, Instant.now()).toSeconds());
    }

    private static Map<String, Figure> figures() {
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put("cpu", new CostOfAJob());
        figures.put("access", new CostOfAccess());
        figures.put("submit", new Submissions());
        figures.put("time", new TimeToCompleted());
        figures.put("work", new JobsInFlight());
        figures.put("list", new FirstPage());
        figures.put("push", new Pushes());
        figures.put("wait", new Waits());
        figures.put("start", new Starts());
        figures.put("growth", new Growth());
        figures.put("many", new ManyJobs());
        figures.put("instances", new Instances());
        figures.put("bullmq", new AgainstBullMq());
        return figures;
    }

    private static void circumstances(Settings settings, Report report) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        report.circumstance("product", settings.version());
        report.circumstance("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        report.circumstance("command", command(settings));
        report.circumstance("java", Runtime.version().toString());
        report.circumstance("system", system.getName() + " " + system.getVersion() + " " + system.getArch());
        report.circumstance("cores", system.getAvailableProcessors());
        report.circumstance("memoryMegabytes", system.getTotalMemorySize() / 1024 / 1024);
        report.circumstance("loadBefore", system.getSystemLoadAverage());
        report.circumstance("repeats", settings.repeats());
    }

    private static String command(Settings settings) {
        List<String> stored = settings.stored().stream().map(String::valueOf).toList();
        return "./mvnw -Pbench -Dfigures=%s -Djobs=%d -Dconnections=%d -Drepeats=%d -Dseconds=%d -Dstored=%s -Dclients=%d"
            .formatted(String.join(",", settings.figures()), settings.jobs(), settings.connections(),
                    settings.repeats(), settings.time().toSeconds(), String.join(",", stored), settings.clients());
    }

}
