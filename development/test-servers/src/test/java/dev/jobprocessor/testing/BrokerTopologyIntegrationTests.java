package dev.jobprocessor.testing;

import java.io.IOException;
import java.util.Map;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What both services declare, on whichever broker there is. */
class BrokerTopologyIntegrationTests {

    private static final Map<String, Object> WORK = Map.of("x-queue-type", "quorum", "x-delivery-limit", 20,
            "x-dead-letter-exchange", "test.dlx", "alternateExchange", "test.dlx", "maximumDeliveryAttempts", 1);

    @Test
    void deadLettersWhatIsRejectedAndRedeliversWhatIsGivenBack() throws Exception {
        try (Connection connection = connect(); Channel channel = connection.createChannel()) {
            declare(channel);
            declare(channel);
            channel.basicPublish("test", "job.created", new BasicProperties(), "job".getBytes());
            channel.basicReject(next(channel, "test.work").getEnvelope().getDeliveryTag(), true);
            GetResponse again = next(channel, "test.work");
            assertThat(again.getEnvelope().isRedeliver()).isTrue();
            channel.basicReject(again.getEnvelope().getDeliveryTag(), false);
            GetResponse dead = next(channel, "test.dead");
            assertThat(dead.getBody()).asString().isEqualTo("job");
            channel.basicAck(dead.getEnvelope().getDeliveryTag(), false);
            delete(channel);
        }
    }

    private static void declare(Channel channel) throws IOException {
        channel.exchangeDeclare("test", "topic", true);
        channel.exchangeDeclare("test.dlx", "fanout", true);
        channel.queueDeclare("test.dead", true, false, false, Map.of("x-queue-type", "quorum"));
        channel.queueBind("test.dead", "test", "job.dead");
        channel.queueBind("test.dead", "test.dlx", "");
        channel.queueDeclare("test.work", true, false, false, WORK);
        channel.queueBind("test.work", "test", "job.created");
        channel.queueDeclare("test.started", true, false, false,
                Map.of("x-queue-type", "classic", "x-max-length", 100_000));
        channel.queueBind("test.started", "test", "job.started");
    }

    private static void delete(Channel channel) throws IOException {
        channel.queueDelete("test.work");
        channel.queueDelete("test.started");
        channel.queueDelete("test.dead");
        channel.exchangeDelete("test");
        channel.exchangeDelete("test.dlx");
    }

    private static GetResponse next(Channel channel, String queue) {
        return await().until(() -> channel.basicGet(queue, false), (message) -> message != null);
    }

    private static Connection connect() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(TestBroker.uri());
        return factory.newConnection();
    }

}
