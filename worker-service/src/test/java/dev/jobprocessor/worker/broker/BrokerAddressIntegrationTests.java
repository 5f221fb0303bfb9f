package dev.jobprocessor.worker.broker;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Connects to a real RabbitMQ as the documentation says: by an address with encoded
 * parts, and by TLS with an authority of their own.
 */
class BrokerAddressIntegrationTests {

    private static final String LOGIN = "job%3Aprocessor:p%40ss%2Fw+rd";

    private static final String BUNDLE = "--spring.rabbitmq.ssl.bundle=servers";

    @TempDir
    private static Path directory;

    private static RabbitMqWithTls rabbit;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(RabbitMqWithTls.isInstalled(), "Skipped: RabbitMQ or OpenSSL is not installed");
        rabbit = RabbitMqWithTls.start(directory);
    }

    @AfterAll
    static void stop() {
        if (rabbit != null) {
            rabbit.close();
        }
    }

    @Test
    void connectsWhereTheAuthorityIsTrusted() {
        assertThat(connects(LOGIN, "localhost", "jobs%2F1", BUNDLE)).isTrue();
    }

    @Test
    void refusesCertificateOfAuthorityThatIsNotTrusted() {
        assertThatExceptionOfType(AmqpException.class).isThrownBy(() -> connects(LOGIN, "localhost", "jobs%2F1"))
            .withStackTraceContaining("PKIX path building failed");
    }

    @Test
    void refusesCertificateOfAnotherHost() {
        assertThatExceptionOfType(AmqpException.class)
            .isThrownBy(() -> connects(LOGIN, "127.0.0.1", "jobs%2F1", BUNDLE))
            .withStackTraceContaining("subject alternative names");
    }

    private static boolean connects(String login, String host, String virtualHost, String... arguments) {
        SpringApplicationBuilder application = new SpringApplicationBuilder(RabbitAutoConfiguration.class,
                SslAutoConfiguration.class)
            .web(WebApplicationType.NONE)
            .properties("RABBITMQ_URI=amqps://%s@%s:%d/%s".formatted(login, host, rabbit.port(), virtualHost),
                    "spring.ssl.bundle.pem.servers.truststore.certificate=file:" + rabbit.authority());
        try (ConfigurableApplicationContext context = application.run(arguments);
                Connection connection = context.getBean(ConnectionFactory.class).createConnection()) {
            return connection.isOpen();
        }
    }

}
