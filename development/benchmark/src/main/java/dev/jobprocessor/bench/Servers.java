package dev.jobprocessor.bench;

import java.io.IOException;
import java.util.List;
import java.util.UUID;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.jobprocessor.embedded.EmbeddedBroker;
import dev.jobprocessor.embedded.EmbeddedDatabase;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The broker and the database of one cluster: embedded, or those at
 * {@code TEST_RABBITMQ_URI} and {@code TEST_MONGODB_URI}. The embedded database is in
 * memory, since on a file it stalls while it commits: that would be a figure of its own.
 * Of a given broker, the product's queues are deleted before and after; in a given
 * database server, a database of its own is made and dropped.
 */
final class Servers implements AutoCloseable {

    private static final List<String> QUEUES = List.of("jobs.work", "jobs.started", "jobs.callbacks", "jobs.dead");

    private final @Nullable EmbeddedBroker broker;

    private final @Nullable EmbeddedDatabase database;

    private final String brokerUri;

    private final String databaseUri;

    private Servers() {
        String givenBroker = System.getenv("TEST_RABBITMQ_URI");
        this.broker = (givenBroker == null) ? EmbeddedBroker.start(0) : null;
        this.brokerUri = (this.broker != null) ? this.broker.uri() : String.valueOf(givenBroker);
        String givenDatabase = System.getenv("TEST_MONGODB_URI");
        this.database = (givenDatabase == null) ? EmbeddedDatabase.inMemory(0) : null;
        this.databaseUri = (this.database != null) ? this.database.uri() : ownDatabase(String.valueOf(givenDatabase));
    }

    /** Starts what is not given. */
    static Servers start() throws Exception {
        Servers servers = new Servers();
        servers.deleteQueues();
        return servers;
    }

    String brokerUri() {
        return this.brokerUri;
    }

    String databaseUri() {
        return this.databaseUri;
    }

    Connection connect() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(this.brokerUri);
        return factory.newConnection();
    }

    /** What responses there. */
    String description() throws Exception {
        return brokerDescription() + ", " + databaseDescription();
    }

    private String brokerDescription() throws Exception {
        try (Connection connection = connect()) {
            return "%s %s".formatted(connection.getServerProperties().get("product"),
                    connection.getServerProperties().get("version")) + ((this.broker != null) ? " (embedded)" : "");
        }
    }

    private String databaseDescription() {
        if (this.database != null) {
            return "mongo-java-server (embedded)";
        }
        try (MongoClient client = MongoClients.create(this.databaseUri)) {
            return "MongoDB "
                    + client.getDatabase("admin").runCommand(new Document("buildInfo", 1)).getString("version");
        }
    }

    @Override
    public void close() throws Exception {
        if (this.broker != null) {
            this.broker.close();
        }
        else {
            deleteQueues();
        }
        if (this.database != null) {
            this.database.close();
        }
        else {
            StoredJobs.dropDatabase(this.databaseUri);
        }
    }

    private void deleteQueues() throws Exception {
        for (String queue : QUEUES) {
            try (Connection connection = connect(); Channel channel = connection.createChannel()) {
                channel.queueDelete(queue);
            }
            catch (IOException ex) {
                // some brokers refuse to delete what is not there
            }
        }
    }

    private static String ownDatabase(String given) {
        return given.replaceFirst("(?<=://)([^/?]+)(/[^?]*)?", "$1/bench-" + UUID.randomUUID());
    }

}
