package dev.jobprocessor.testing;

import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.List;

import com.rabbitmq.client.ConnectionFactory;
import dev.jobprocessor.embedded.EmbeddedBroker;
import org.testcontainers.rabbitmq.RabbitMQContainer;

import org.springframework.boot.amqp.autoconfigure.RabbitConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * The broker that tests of this JVM run against, behind a proxy of each context's own.
 */
@TestConfiguration(proxyBeanMethods = false)
public class TestBroker {

    /** The broker's own address, past the proxy. */
    public static String uri() {
        return Running.URI;
    }

    @Bean
    TcpProxy brokerProxy() {
        ConnectionFactory direct = parse(uri());
        return TcpProxy.to(direct.getHost(), direct.getPort());
    }

    @Bean
    RabbitConnectionDetails brokerConnection(TcpProxy brokerProxy) {
        return new Connection(brokerProxy, parse(uri()));
    }

    private static ConnectionFactory parse(String uri) {
        try {
            ConnectionFactory factory = new ConnectionFactory();
            factory.setUri(uri);
            return factory;
        }
        catch (URISyntaxException | GeneralSecurityException ex) {
            throw new IllegalArgumentException("Not a broker's address: " + uri, ex);
        }
    }

    private record Connection(TcpProxy proxy, ConnectionFactory direct) implements RabbitConnectionDetails {

        @Override
        public String getUsername() {
            return this.direct.getUsername();
        }

        @Override
        public String getPassword() {
            return this.direct.getPassword();
        }

        @Override
        public String getVirtualHost() {
            return this.direct.getVirtualHost();
        }

        @Override
        public List<Address> getAddresses() {
            return List.of(new Address(this.proxy.host(), this.proxy.port()));
        }

    }

    private static final class Running {

        private static final String URI = start(
                new TestServer("RabbitMQ", "TEST_RABBITMQ_URI", "rabbitmq:4-management"));

        private static String start(TestServer server) {
            String given = server.given();
            if (given != null) {
                return given;
            }
            RabbitMQContainer container = server.inDocker(() -> new RabbitMQContainer(server.image()));
            return (container != null) ? container.getAmqpUrl() : server.embedded(() -> EmbeddedBroker.start(0)).uri();
        }

    }

}
