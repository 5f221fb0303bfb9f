package dev.jobprocessor.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener.DefaultSystemLauncherListener;
import org.apache.qpid.server.logging.NullMessageLogger;
import org.apache.qpid.server.model.Port;
import org.apache.qpid.server.model.SystemConfig;
import org.jspecify.annotations.Nullable;

/**
 * An AMQP 0-9-1 broker (Apache Qpid Broker-J) on 127.0.0.1, for machines without
 * RabbitMQ. It keeps queues and messages in memory: they are gone when it is closed.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private final Path workDirectory;

    private final Listener listener = new Listener();

    private final SystemLauncher launcher = new SystemLauncher(this.listener);

    private EmbeddedBroker(Path workDirectory) {
        this.workDirectory = workDirectory;
    }

    /** Says whose it is, where several clusters run on a machine. */
    static String directoryPrefix() {
        return "embedded-broker-%d-".formatted(ProcessHandle.current().pid());
    }

    /**
     * Starts a broker and returns when it accepts connections.
     * @param port where it listens; 0 for any free port
     * @throws IllegalStateException if the port is taken or the broker cannot start
     */
    public static EmbeddedBroker start(int port) {
        LoopbackPort.requireFree(port);
        EmbeddedBroker broker = new EmbeddedBroker(TemporaryDirectory.create(directoryPrefix()));
        try {
            broker.launch(port);
            return broker;
        }
        catch (RuntimeException ex) {
            broker.close();
            throw ex;
        }
    }

    /** The address clients connect to, with the only user's name and password. */
    public String uri() {
        Port<?> port = this.listener.system().getContainer().getChildren(Port.class).iterator().next();
        return "amqp://guest:guest@127.0.0.1:" + port.getBoundPort();
    }

    /** Stops the broker and all its threads, and drops every queue and message. */
    @Override
    public void close() {
        this.launcher.shutdown();
        TemporaryDirectory.delete(this.workDirectory);
    }

    private void launch(int port) {
        try {
            this.launcher.startup(attributes(port));
        }
        catch (Exception ex) {
            throw new IllegalStateException("The embedded broker cannot start", ex);
        }
        if (this.listener.failure != null) {
            throw new IllegalStateException("The embedded broker cannot start", this.listener.failure);
        }
    }

    private Map<String, Object> attributes(int port) {
        String configuration = Objects.requireNonNull(EmbeddedBroker.class.getResource("broker.json")).toString();
        return Map.of("type", "Memory", "initialConfigurationLocation", configuration, "startupLoggedToSystemOut",
                "false", "context", context(port));
    }

    private Map<String, String> context(int port) {
        return Map.of("embedded.port", String.valueOf(port), "qpid.work_dir", this.workDirectory.toString(),
                // queues are declared with RabbitMQ's arguments beside this broker's own
                "queue.behaviourOnUnknownDeclareArgument", "IGNORE", "exchange.behaviourOnUnknownDeclareArgument",
                "IGNORE",
                // channels of a connection, as many as RabbitMQ allows
                "qpid.port.sessionCountLimit", "2047", "virtualhost.housekeepingCheckPeriod", "1000",
                "broker.failStartupWithErroredChild", "true");
    }

    private static final class Listener extends DefaultSystemLauncherListener {

        private @Nullable SystemConfig<?> system;

        private @Nullable RuntimeException failure;

        @Override
        public void onContainerResolve(SystemConfig<?> systemConfig) {
            this.system = systemConfig;
            // a line for every connection, channel and queue, which nobody reads here
            systemConfig.getEventLogger().setMessageLogger(new NullMessageLogger());
        }

        @Override
        public void errorOnStartup(RuntimeException ex) {
            this.failure = ex;
        }

        SystemConfig<?> system() {
            return Objects.requireNonNull(this.system, "The broker has not started");
        }

    }

}
