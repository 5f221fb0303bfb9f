package dev.jobprocessor.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * Unpacks executable jars into ordinary class paths, from which a JVM starts with half
 * the work, above all with the archive of loaded classes that an earlier one left there.
 */
public record JarUnpacker(Path directory) {

    /**
     * Does nothing when the same classes have been unpacked before.
     * @return the jar that has the main class and refers to the others
     */
    public Path unpack(Path executable) {
        try {
            String name = executable.getFileName().toString();
            Path home = this.directory.resolve("%s-%08x".formatted(name, contents(executable)));
            if (!Files.exists(home)) {
                deleteOlder(name);
                extract(executable, home);
            }
            return home.resolve(name);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    // Every build writes the jar anew, so its time says nothing.
    private static int contents(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().map(entry -> List.of(entry.getName(), entry.getCrc())).toList().hashCode();
        }
    }

    private void extract(Path executable, Path home) throws IOException {
        Path unfinished = this.directory.resolve("unfinished");
        delete(unfinished);
        Process process = new ProcessBuilder(Service.JAVA, "-Djarmode=tools", "-jar", executable.toString(), "extract",
                "--destination", unfinished.toString())
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.INHERIT)
            .start();
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("Cannot unpack " + executable);
        }
        Files.move(unfinished, home);
    }

    private void deleteOlder(String name) throws IOException {
        File[] older = this.directory.toFile().listFiles((parent, file) -> file.startsWith(name));
        for (File home : (older != null) ? older : new File[0]) {
            delete(home.toPath());
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }

}
