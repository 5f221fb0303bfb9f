package dev.jobprocessor.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes.Name;
import java.util.jar.JarFile;

/**
 * A service as it is started.
 *
 * @param name its name in the log
 * @param jar the jar with its main class
 * @param leavesArchive whether this one, of all that run from the jar, leaves an archive
 * of its classes beside the jar, from which the next start is faster
 * @param options the options of its JVM
 * @param environment what is added to the environment of this process
 */
public record Service(String name, Path jar, boolean leavesArchive, List<String> options,
        Map<String, String> environment) {

    static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /**
     * For a service that shares a small machine with all others: little memory, and code
     * that is compiled soon rather than well.
     */
    public static final List<String> SMALL = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final List<String> OPTIONS = List.of("-XX:+ExitOnOutOfMemoryError", "-Xlog:cds*=error",
            "-Dstdout.encoding=UTF-8");

    /**
     * A process that is yet to be started; its management endpoints will be at the given
     * port.
     */
    ProcessBuilder process(int managementPort) throws IOException {
        ProcessBuilder process = new ProcessBuilder(command()).redirectErrorStream(true);
        process.environment().putAll(this.environment);
        process.environment().put("MANAGEMENT_PORT", String.valueOf(managementPort));
        return process;
    }

    private List<String> command() throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(OPTIONS);
        command.addAll(this.options);
        command.addAll(archiveOptions());
        command.addAll(List.of("-cp", classPath(), ServiceMain.class.getName(), mainClass()));
        return command;
    }

    private List<String> archiveOptions() {
        Path archive = this.jar.resolveSibling("classes.jsa");
        String option = "-XX:SharedArchiveFile=" + archive;
        if (this.leavesArchive) {
            return List.of("-XX:+AutoCreateSharedArchive", option);
        }
        return Files.exists(archive) ? List.of(option) : List.of();
    }

    private String classPath() {
        return ServiceMain.class.getProtectionDomain().getCodeSource().getLocation().getPath() + File.pathSeparator
                + this.jar;
    }

    private String mainClass() throws IOException {
        try (JarFile file = new JarFile(this.jar.toFile())) {
            return file.getManifest().getMainAttributes().getValue(Name.MAIN_CLASS);
        }
    }

}
