package dev.jobprocessor.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Assumptions;

/** Has a process read another time of day, by Debian's package libfaketime. */
final class WrongClock {

    private static final Path LIBRARY = Path
        .of(System.getProperty("faketime", "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"));

    private WrongClock() {
    }

    static void assumeInstalled() {
        Assumptions.assumeTrue(Files.exists(LIBRARY), "libfaketime is not installed");
    }

    /**
     * The environment of such a process.
     * @param offset such as {@code +10m}
     */
    static Map<String, String> by(String offset) {
        return Map.of("LD_PRELOAD", LIBRARY.toString(), "FAKETIME", offset, "NO_FAKE_STAT", "1",
                // waits by the monotonic clock would not end
                "FAKETIME_DONT_FAKE_MONOTONIC", "1", "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

}
