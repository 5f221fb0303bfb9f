package dev.jobprocessor.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.jobprocessor.local.Ports;

import static org.awaitility.Awaitility.await;

/**
 * A RabbitMQ node of its own, in a temporary directory and on free ports. It needs
 * RabbitMQ installed at {@code -Drabbitmq.home=}, by default where Debian's package is.
 */
final class RabbitMq implements Broker {

    private static final Path HOME = Path.of(System.getProperty("rabbitmq.home", "/usr/lib/rabbitmq"), "bin");

    private static final Duration START = Duration.ofMinutes(2);

    private final int port = Ports.require(0);

    private final Map<String, String> environment;

    private Process node;

    private RabbitMq() throws IOException {
        Path directory = Files.createTempDirectory("rabbitmq");
        Path plugins = Files.writeString(directory.resolve("plugins"), "[].");
        this.environment = Map.of("RABBITMQ_NODENAME", "faults-%d@localhost".formatted(this.port), "RABBITMQ_NODE_PORT",
                String.valueOf(this.port), "RABBITMQ_DIST_PORT", String.valueOf(Ports.require(0)),
                "RABBITMQ_MNESIA_BASE", directory.resolve("data").toString(), "RABBITMQ_LOG_BASE",
                directory.resolve("log").toString(), "RABBITMQ_ENABLED_PLUGINS_FILE", plugins.toString());
        this.node = startNode();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> kill(this.node)));
    }

    static RabbitMq start() {
        try {
            return new RabbitMq();
        }
        catch (IOException ex) {
            throw new UncheckedIOException("RabbitMQ cannot be started: is it installed in " + HOME + "?", ex);
        }
    }

    private Process startNode() throws IOException {
        ProcessBuilder server = new ProcessBuilder(HOME.resolve("rabbitmq-server").toString());
        server.environment().putAll(this.environment);
        Process process = server.redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start();
        await().atMost(START).until(this::isReachable);
        return process;
    }

    private boolean isReachable() {
        try (Connection connection = connect()) {
            return connection.isOpen();
        }
        catch (IOException | TimeoutException ex) {
            return false;
        }
    }

    private Connection connect() throws IOException, TimeoutException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        factory.setPort(this.port);
        return factory.newConnection();
    }

    /** Runs {@code rabbitmqctl}. */
    void control(String... arguments) {
        try {
            ProcessBuilder control = new ProcessBuilder(HOME.resolve("rabbitmqctl").toString());
            control.command().addAll(List.of(arguments));
            control.environment().putAll(this.environment);
            Process process = control.redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start();
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException("rabbitmqctl failed: " + String.join(" ", arguments));
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public int port() {
        return this.port;
    }

    @Override
    public String product() {
        return "RabbitMQ";
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    @Override
    public void restart() {
        kill(this.node);
        try {
            this.node = startNode();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static void kill(Process node) {
        List<ProcessHandle> all = node.descendants().toList();
        node.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach((process) -> process.onExit().join());
    }

    @Override
    public void close() {
        kill(this.node);
    }

}
