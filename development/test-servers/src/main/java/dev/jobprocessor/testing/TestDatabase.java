package dev.jobprocessor.testing;

import java.util.UUID;

import com.mongodb.ConnectionString;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.jobprocessor.embedded.EmbeddedDatabase;
import org.testcontainers.mongodb.MongoDBContainer;

import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * The database that tests of this JVM run against, behind a proxy of each context's own.
 * On a given server it is one of the JVM's own, dropped at its end.
 */
@TestConfiguration(proxyBeanMethods = false)
public class TestDatabase {

    /** The database's own address, past the proxy. */
    public static String uri() {
        return Running.URI;
    }

    @Bean
    TcpProxy databaseProxy() {
        ServerAddress direct = new ServerAddress(new ConnectionString(uri()).getHosts().getFirst());
        return TcpProxy.to(direct.getHost(), direct.getPort());
    }

    @Bean
    MongoConnectionDetails databaseConnection(TcpProxy databaseProxy) {
        String address = databaseProxy.host() + ":" + databaseProxy.port();
        return () -> new ConnectionString(DatabaseUri.parse(uri()).at(address).toString());
    }

    private static final class Running {

        private static final String URI = start(new TestServer("MongoDB", "TEST_MONGODB_URI", "mongo:8"));

        private static String start(TestServer server) {
            String given = server.given();
            if (given != null) {
                return ownDatabase(given);
            }
            MongoDBContainer container = server.inDocker(() -> new MongoDBContainer(server.image()));
            return (container != null) ? container.getConnectionString() + "/job-processor"
                    : server.embedded(() -> EmbeddedDatabase.inMemory(0)).uri();
        }

        private static String ownDatabase(String given) {
            String name = "test-" + UUID.randomUUID();
            String uri = DatabaseUri.parse(given).named(name).toString();
            TestServer.atExit(() -> drop(uri, name));
            return uri;
        }

        private static void drop(String uri, String name) {
            try (MongoClient client = MongoClients.create(uri)) {
                client.getDatabase(name).drop();
            }
        }

    }

}
