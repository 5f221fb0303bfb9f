package dev.jobprocessor.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import dev.jobprocessor.testing.TestBroker;
import org.jspecify.annotations.Nullable;

/** What a test puts into the broker and finds there, past the proxy. */
final class TestQueues implements AutoCloseable {

    static final String WORK = "jobs.work";

    static final String CALLBACKS = "jobs.callbacks";

    static final String STARTED = "jobs.started";

    static final String DEAD = "jobs.dead";

    private static final List<String> ALL = List.of(WORK, CALLBACKS, STARTED, DEAD);

    private final Connection connection;

    private final Channel channel;

    private TestQueues(Connection connection) throws IOException {
        this.connection = connection;
        this.channel = connection.createChannel();
    }

    static TestQueues connect() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(TestBroker.uri());
        TestQueues queues = new TestQueues(factory.newConnection("tests"));
        queues.purgeDeclared();
        return queues;
    }

    /** On a broker that stays, tests of the API leave jobs. */
    private void purgeDeclared() {
        ALL.forEach(this::purgeDeclared);
    }

    void purgeDeclared(String queue) {
        try (Channel purging = this.connection.createChannel()) {
            purging.queuePurge(queue);
        }
        catch (IOException | TimeoutException ex) {
            // not declared yet
        }
    }

    void publish(String routingKey, String body) throws IOException {
        publish(routingKey, body.getBytes(StandardCharsets.UTF_8));
    }

    void publish(String routingKey, byte[] body) throws IOException {
        publish(routingKey, body, Map.of());
    }

    void publish(String routingKey, byte[] body, Map<String, Object> headers) throws IOException {
        publish(routingKey, body, headers, 0);
    }

    private void publish(String routingKey, byte[] body, Map<String, Object> headers, int priority) throws IOException {
        AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder().contentType("application/json")
            .deliveryMode(2)
            .headers(headers)
            .priority(priority)
            .build();
        this.channel.basicPublish("jobs", routingKey, properties, body);
    }

    /** Publishes to all workers, of which there may be none. */
    void publishControl(String body) throws IOException {
        this.channel.exchangeDeclare("jobs.control", "fanout", true);
        this.channel.basicPublish("jobs.control", "", null, body.getBytes(StandardCharsets.UTF_8));
    }

    void publishUrgentJob(String id) throws IOException {
        publish("job.created", job(id).getBytes(StandardCharsets.UTF_8), Map.of(), 5);
    }

    /** RabbitMQ's quorum queues have priorities from version 4 on. */
    boolean hasPriorities() {
        Map<String, Object> broker = this.connection.getServerProperties();
        return !"RabbitMQ".equals(String.valueOf(broker.get("product")))
                || !String.valueOf(broker.get("version")).startsWith("3.");
    }

    void publishJob(String id) throws IOException {
        publish("job.created", job(id));
    }

    void publishJob(String id, String traceparent) throws IOException {
        publish("job.created", job(id).getBytes(StandardCharsets.UTF_8), Map.of("traceparent", traceparent));
    }

    private static String job(String id) {
        return "{\"jobId\":\"%s\",\"prompt\":\"prompt\",\"attempt\":1,\"createdAt\":\"2026-11-24T09:30:15.042Z\"}"
            .formatted(id);
    }

    /** How many messages wait for a consumer. */
    int waiting(String queue) throws IOException {
        return this.channel.queueDeclarePassive(queue).getMessageCount();
    }

    boolean hasConsumer(String queue) {
        try (Channel asking = this.connection.createChannel()) {
            return asking.queueDeclarePassive(queue).getConsumerCount() > 0;
        }
        catch (IOException | TimeoutException ex) {
            return false; // not declared yet
        }
    }

    @Nullable GetResponse take(String queue) throws IOException {
        return this.channel.basicGet(queue, true);
    }

    /** Empties the queues that every worker has declared. */
    void purge() throws IOException {
        for (String queue : ALL) {
            purge(queue);
        }
    }

    void purge(String queue) throws IOException {
        this.channel.queuePurge(queue);
    }

    @Override
    public void close() throws IOException {
        this.connection.close();
    }

}
