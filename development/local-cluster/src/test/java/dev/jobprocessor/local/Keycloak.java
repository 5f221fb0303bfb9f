package dev.jobprocessor.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.core.ConditionTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A Keycloak with the realm of Compose, in a process of its own. */
final class Keycloak implements AutoCloseable {

    static final String CLIENT_SECRET = "secret-of-the-dashboard";

    static final String SCRIPT_SECRET = "secret-of-scripts";

    static final String PASSWORD = "everybodys-password";

    private static final Duration START = Duration.ofMinutes(5);

    private static final Duration STOP = Duration.ofSeconds(30);

    private final Process process;

    private final int port;

    private Keycloak(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it for a dashboard at an address, and waits until it is ready. */
    static Keycloak start(Path logs, String dashboard) throws IOException {
        Path home = Path.of(System.getProperty("keycloak"));
        Path realm = Path.of(System.getProperty("keycloak.realm"));
        deleteData(home);
        Files.createDirectories(home.resolve("data/import"));
        Files.copy(realm, home.resolve("data/import").resolve(Objects.requireNonNull(realm.getFileName())),
                StandardCopyOption.REPLACE_EXISTING);
        int port = Ports.require(0);
        Keycloak started = new Keycloak(process(home, port, dashboard).redirectErrorStream(true)
            .redirectOutput(logs.resolve("keycloak").toFile())
            .start(), port);
        started.awaitReady(logs);
        return started;
    }

    /** What an earlier run left: a realm that exists is not imported again. */
    private static void deleteData(Path home) throws IOException {
        Path data = home.resolve("data");
        if (Files.exists(data)) {
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static ProcessBuilder process(Path home, int port, String dashboard) {
        // By way of sh: the archive is unpacked without permissions.
        ProcessBuilder process = new ProcessBuilder(List.of("bash", home.resolve("bin/kc.sh").toString(), "start-dev",
                "--import-realm", "--cache=local", "--http-host=127.0.0.1", "--http-port=" + port));
        process.environment()
            .putAll(Map.of("JAVA_HOME", System.getProperty("java.home"), "JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx384m",
                    "DASHBOARD_URL", dashboard, "OIDC_CLIENT_SECRET", CLIENT_SECRET, "OIDC_SCRIPT_SECRET",
                    SCRIPT_SECRET, "SSO_PASSWORD", PASSWORD));
        return process;
    }

    String issuer() {
        return "http://localhost:%d/realms/job-processor".formatted(this.port);
    }

    /** The response to a request for a token by the credentials of a script. */
    String token() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(issuer() + "/protocol/openid-connect/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(
                    "grant_type=client_credentials&client_id=job-processor-script&client_secret=" + SCRIPT_SECRET))
            .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private void awaitReady(Path logs) throws IOException {
        try {
            await().atMost(START).ignoreExceptions().until(() -> !this.process.isAlive() || isReady());
            assertThat(this.process.isAlive()).as(() -> log(logs)).isTrue();
        }
        catch (AssertionError | ConditionTimeoutException ex) {
            close();
            throw ex;
        }
    }

    private static String log(Path logs) {
        try {
            return Files.readString(logs.resolve("keycloak"));
        }
        catch (IOException ex) {
            return ex.toString();
        }
    }

    private boolean isReady() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(issuer() + "/.well-known/openid-configuration"))
            .timeout(Duration.ofSeconds(5))
            .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode() == 200;
    }

    @Override
    public void close() throws IOException {
        List<ProcessHandle> all = new ArrayList<>(this.process.descendants().toList());
        all.add(this.process.toHandle());
        all.forEach(ProcessHandle::destroy);
        try {
            this.process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
        await().atMost(STOP).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

}
