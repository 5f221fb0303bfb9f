package dev.jobprocessor.worker.broker;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A RabbitMQ node that speaks TLS alone, under the name {@code localhost}, with a
 * certificate of an authority of its own.
 */
final class RabbitMqWithTls implements AutoCloseable {

    private static final Path SERVER = Path.of(System.getProperty("rabbitmq.home", "/usr/lib/rabbitmq"),
            "bin/rabbitmq-server");

    private static final Duration START = Duration.ofMinutes(2);

    private final Path directory;

    private final int port = freePort();

    private final Process node;

    private RabbitMqWithTls(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-subj",
                "/CN=authority");
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-subj",
                "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=CA:FALSE",
                "-CA", "ca.pem", "-CAkey", "ca.key");
        this.node = start();
    }

    static boolean isInstalled() {
        return Files.isExecutable(SERVER) && Files.isExecutable(Path.of("/usr/bin/openssl"));
    }

    static RabbitMqWithTls start(Path directory) throws IOException, InterruptedException {
        return new RabbitMqWithTls(directory);
    }

    int port() {
        return this.port;
    }

    Path authority() {
        return this.directory.resolve("ca.pem");
    }

    private void openssl(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder openssl = new ProcessBuilder("/usr/bin/openssl").directory(this.directory.toFile());
        openssl.command().addAll(List.of(arguments));
        Process process = openssl.redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private Process start() throws IOException {
        Files.writeString(this.directory.resolve("rabbitmq.conf"), """
                listeners.tcp = none
                listeners.ssl.default = %d
                ssl_options.certfile = %2$s/cert.pem
                ssl_options.keyfile = %2$s/key.pem
                ssl_options.cacertfile = %2$s/ca.pem
                default_user = job:processor
                default_pass = p@ss/w+rd
                default_vhost = jobs/1
                """.formatted(this.port, this.directory));
        ProcessBuilder server = new ProcessBuilder(SERVER.toString());
        server.environment().put("RABBITMQ_CONFIG_FILE", this.directory.resolve("rabbitmq.conf").toString());
        server.environment().put("RABBITMQ_NODENAME", "tls-%d@localhost".formatted(this.port));
        server.environment().put("RABBITMQ_DIST_PORT", String.valueOf(freePort()));
        server.environment().put("RABBITMQ_MNESIA_BASE", this.directory.resolve("data").toString());
        server.environment().put("RABBITMQ_LOG_BASE", this.directory.resolve("log").toString());
        server.environment()
            .put("RABBITMQ_ENABLED_PLUGINS_FILE",
                    Files.writeString(this.directory.resolve("plugins"), "[].").toString());
        Path output = this.directory.resolve("output");
        Process process = server.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        await().atMost(START).until(() -> Files.readString(output).contains("Starting broker... completed"));
        return process;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
        catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> all = this.node.descendants().toList();
        this.node.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        await().atMost(START).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

}
