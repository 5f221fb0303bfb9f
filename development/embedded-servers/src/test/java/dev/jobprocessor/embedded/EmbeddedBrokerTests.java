package dev.jobprocessor.embedded;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

class EmbeddedBrokerTests {

    @Test
    void deliversMessages() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(0);
                Connection connection = connect(broker);
                Channel channel = connection.createChannel()) {
            String queue = channel.queueDeclare().getQueue();
            channel.basicPublish("", queue, null, "hello".getBytes());
            await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(channel.basicGet(queue, true)).isNotNull());
        }
    }

    @Test
    void refusesPortInUse() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(0)) {
            int port = URI.create(broker.uri()).getPort();
            assertThatIllegalStateException().isThrownBy(() -> EmbeddedBroker.start(port))
                .withMessage("Port %d is already in use on this machine", port);
        }
    }

    @Test
    void leavesNeitherThreadsNorFiles() throws IOException {
        List<Thread> threads = threads();
        List<Path> files = workDirectories();
        EmbeddedBroker.start(0).close();
        await().atMost(Duration.ofMinutes(1))
            .pollInSameThread()
            .untilAsserted(() -> assertThat(threads()).isSubsetOf(threads));
        assertThat(workDirectories()).isEqualTo(files);
    }

    /** Those that would keep the JVM alive. */
    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream().filter((thread) -> !thread.isDaemon()).toList();
    }

    private static Connection connect(EmbeddedBroker broker) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(broker.uri());
        return factory.newConnection();
    }

    private static List<Path> workDirectories() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter((file) -> file.getFileName().toString().startsWith(EmbeddedBroker.directoryPrefix()))
                .sorted()
                .toList();
        }
    }

}
