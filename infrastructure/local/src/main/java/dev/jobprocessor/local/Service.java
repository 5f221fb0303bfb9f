package dev.jobprocessor.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes.Name;
import java.util.jar.JarFile;

/** A service as it is started: its name in the log, its jar and its environment. */
record Service(String name, Path jar, Map<String, String> environment) {

    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /**
     * A process that is yet to be started; its management endpoints will be at the given
     * port. It inherits the environment of this process.
     */
    ProcessBuilder process(int managementPort) throws IOException {
        ProcessBuilder process = new ProcessBuilder(command()).redirectErrorStream(true);
        process.environment().putAll(this.environment);
        process.environment().put("MANAGEMENT_PORT", String.valueOf(managementPort));
        return process;
    }

    private List<String> command() throws IOException {
        return List.of(JAVA, "-Xmx256m", "-XX:+ExitOnOutOfMemoryError", "-Dstdout.encoding=UTF-8", "-cp", classPath(),
                ServiceMain.class.getName(), mainClass());
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
