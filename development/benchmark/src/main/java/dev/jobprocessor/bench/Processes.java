package dev.jobprocessor.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.jobprocessor.local.ServiceProcess;

/** What the system knows of the services' processes. */
final class Processes {

    /** Linux shows all times in hundredths of a second (USER_HZ). */
    private static final double TICKS = 100;

    /** As Linux cuts the names of the threads. */
    private static final String COMPILER = "CompilerThre";

    private Processes() {
    }

    static ProcessHandle of(ServiceProcess service) {
        return Objects.requireNonNull(service.handle(), () -> service.name() + " has not been started");
    }

    /** How many seconds of a core a service has used so far. */
    static double cpuSeconds(ServiceProcess service) {
        return cpuSeconds(of(service));
    }

    static double cpuSeconds(List<ServiceProcess> services) {
        return services.stream().mapToDouble(Processes::cpuSeconds).sum();
    }

    static double cpuSeconds(ProcessHandle process) {
        return cpuSeconds(read(process, "stat"));
    }

    /**
     * How many of them its JVM has compiled, which it does the less the longer it runs.
     */
    static double compilerSeconds(ServiceProcess service) {
        try (Stream<Path> threads = Files.list(path(of(service), "task"))) {
            return threads.map(Processes::stat)
                .filter((stat) -> stat.contains(COMPILER))
                .mapToDouble(Processes::cpuSeconds)
                .sum();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(service.name() + " died, or this is not Linux", ex);
        }
    }

    /** Empty for a thread that has ended meanwhile. */
    private static String stat(Path thread) {
        try {
            return Files.readString(thread.resolve("stat"));
        }
        catch (IOException ex) {
            return "";
        }
    }

    private static double cpuSeconds(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    }

    static double residentMegabytes(ServiceProcess service) {
        return read(of(service), "status").lines()
            .filter((line) -> line.startsWith("VmRSS:"))
            .mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum() / 1024.0;
    }

    /** What a service's heap has left after a collection. */
    static double heapBytes(ServiceProcess service) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        new ProcessBuilder(jcmd, String.valueOf(of(service).pid()), "GC.run")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
        return Metrics.of(service).by("jvm_memory_used_bytes", "area").getOrDefault("heap", 0.0);
    }

    private static Path path(ProcessHandle process, String file) {
        return Path.of("/proc", String.valueOf(process.pid()), file);
    }

    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(path(process, file));
        }
        catch (IOException ex) {
            throw new UncheckedIOException("The process died, or this is not Linux", ex);
        }
    }

}
