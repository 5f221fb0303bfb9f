package dev.jobprocessor.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import dev.jobprocessor.local.ServiceProcess;

/** What the system knows of the services' processes. */
final class Processes {

    /** Linux shows all times in hundredths of a second (USER_HZ). */
    private static final double TICKS = 100;

    private Processes() {
    }

    static ProcessHandle of(ServiceProcess service) {
        return Objects.requireNonNull(service.handle(), () -> service.name() + " has not been started");
    }

    /** How many seconds of a core a service has used so far. */
    static double cpuSeconds(ServiceProcess service) {
        String stat = read(service, "stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    }

    static double residentMegabytes(ServiceProcess service) {
        return read(service, "status").lines()
            .filter((line) -> line.startsWith("VmRSS:"))
            .mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum() / 1024.0;
    }

    private static String read(ServiceProcess service, String file) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(of(service).pid()), file));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(service.name() + " died, or this is not Linux", ex);
        }
    }

}
