package dev.jobprocessor.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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

    static final String LOOPBACK = "127.0.0.1";

    private static final List<String> OPTIONS = List.of("-XX:+ExitOnOutOfMemoryError", "-Xlog:cds*=error",
            "-Dstdout.encoding=UTF-8");

    /** An api-service that listens on the loopback interface, and hence needs no keys. */
    public static Service api(String name, Path jar, int port, String databaseUri, String brokerUri) {
        return new Service(name, jar, false, SMALL,
                Map.of("PORT", String.valueOf(port), "SERVER_ADDRESS", LOOPBACK, "MANAGEMENT_SERVER_ADDRESS", LOOPBACK,
                        "MONGODB_URI", databaseUri, "RABBITMQ_URI", brokerUri, "ACCESS",
                        System.getenv().getOrDefault("ACCESS", "open")));
    }

    /** A worker-service that listens on the loopback interface. */
    public static Service worker(String name, Path jar, String callbackUrl, String brokerUri) {
        return new Service(name, jar, false, SMALL, Map.of("WORKER_NAME", name, "SERVER_ADDRESS", LOOPBACK,
                "CALLBACK_URL", callbackUrl, "RABBITMQ_URI", brokerUri));
    }

    /** With more variables of the environment, or other values of the same. */
    public Service with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(this.environment);
        all.putAll(more);
        return new Service(this.name, this.jar, this.leavesArchive, this.options, Map.copyOf(all));
    }

    public Service withOptions(List<String> options) {
        return new Service(this.name, this.jar, this.leavesArchive, options, this.environment);
    }

    public Service leavingArchive(boolean leavesArchive) {
        return new Service(this.name, this.jar, leavesArchive, this.options, this.environment);
    }

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
