package dev.jobprocessor.local;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes.Name;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A service that does what its environment says. */
final class FakeService {

    private FakeService() {
    }

    public static void main(String[] args) throws InterruptedException {
        System.out.println("management at " + System.getenv("MANAGEMENT_PORT"));
        switch (System.getenv("CONDUCT")) {
            case "fail" -> System.exit(3);
            case "deaf" -> Signals.TERM.ignore();
            default -> Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("goodbye")));
        }
        System.out.println("serving");
        new java.util.concurrent.CountDownLatch(1).await();
    }

    static Service conducting(String conduct, Path directory) throws IOException {
        return new Service("fake", jar(directory.resolve("fake.jar")), false, List.of(), Map.of("CONDUCT", conduct));
    }

    private static Path jar(Path path) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Name.MAIN_CLASS, FakeService.class.getName());
        manifest.getMainAttributes()
            .put(Name.CLASS_PATH, FakeService.class.getProtectionDomain().getCodeSource().getLocation().toString());
        try (OutputStream file = Files.newOutputStream(path);
                JarOutputStream jar = new JarOutputStream(file, manifest)) {
            return path;
        }
    }

}
