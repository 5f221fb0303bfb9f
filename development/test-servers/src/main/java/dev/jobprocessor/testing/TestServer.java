package dev.jobprocessor.testing;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/**
 * The choice of a server: the one whose address is given, one in Docker unless
 * {@code TEST_SERVERS=embedded} asks for embedded ones, or else embedded.
 */
final class TestServer {

    private static final Logger log = LoggerFactory.getLogger(TestServer.class);

    private final String product;

    private final String variable;

    private final String image;

    TestServer(String product, String variable, String image) {
        this.product = product;
        this.variable = variable;
        this.image = image;
    }

    /** The address that was given for the tests of this machine, if one was. */
    @Nullable String given() {
        String uri = System.getenv(this.variable);
        if (uri == null || uri.isBlank()) {
            return null;
        }
        log.info("Integration tests use {} given by {}", this.product, this.variable);
        return uri;
    }

    /** A started container, if Docker is there; it ends with this JVM. */
    <T extends GenericContainer<?>> @Nullable T inDocker(Supplier<T> containers) {
        if (embeddedIsForced() || !DockerClientFactory.instance().isDockerAvailable()) {
            return null;
        }
        T container = containers.get();
        container.start();
        log.info("Integration tests use {} in Docker ({})", this.product, this.image);
        return container;
    }

    /** A server in this JVM, closed at its end. */
    <T extends AutoCloseable> T embedded(Supplier<T> servers) {
        T server = servers.get();
        atExit(server);
        log.info("Integration tests use an embedded server in place of {}", this.product);
        return server;
    }

    String image() {
        return this.image;
    }

    static void atExit(AutoCloseable resource) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(resource)));
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        }
        catch (Exception ex) {
            log.warn("A server of the tests was not closed", ex);
        }
    }

    private static boolean embeddedIsForced() {
        return "embedded".equals(System.getenv("TEST_SERVERS"));
    }

}
