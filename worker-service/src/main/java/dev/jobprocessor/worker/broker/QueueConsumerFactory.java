package dev.jobprocessor.worker.broker;

import java.time.Duration;
import java.util.function.Consumer;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.AnonymousQueue;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.stereotype.Component;

/** Creates consumers of queues. */
@Component
public class QueueConsumerFactory {

    private static final int CONTROL_PREFETCH = 10;

    private final ConnectionFactory connections;

    private final AmqpAdmin admin;

    private final JsonMapper json;

    private final DeadLetters deadLetters;

    private final ConfirmedPublisher publisher;

    private final MessageTraces traces;

    private final AnonymousQueue controlQueue;

    QueueConsumerFactory(ConnectionFactory connections, AmqpAdmin admin, JsonMapper json, DeadLetters deadLetters,
            ConfirmedPublisher publisher, MessageTraces traces, AnonymousQueue controlQueue) {
        this.connections = connections;
        this.admin = admin;
        this.json = json;
        this.deadLetters = deadLetters;
        this.publisher = publisher;
        this.traces = traces;
        this.controlQueue = controlQueue;
    }

    /**
     * Creates a consumer of JSON messages.
     * @param prefetch how many messages are in flight at once, at most 65,535
     * @param shutdownTimeout how long a stop waits for messages in flight
     */
    public <M extends JobMessage> QueueConsumer create(JobQueue queue, int prefetch, Duration shutdownTimeout,
            Class<M> type, JobMessageHandler<M> handler) {
        DeliveryHandler<M> deliveries = new DeliveryHandler<>(new JobMessageReader<>(this.json, type), handler,
                this.deadLetters, new Requeue(this.publisher, queue.route()));
        ConsumerChannels channels = new ConsumerChannels(this.connections, this.admin, queue.queueName(), prefetch);
        return new QueueConsumer(channels, shutdownTimeout, this.traces.continued(queue, deliveries::handle), handler);
    }

    /**
     * Creates a consumer of what the API publishes to all workers while they are
     * connected.
     */
    public QueueConsumer createControl(Consumer<byte[]> handler) {
        ConsumerChannels channels = new ConsumerChannels(this.connections, this.admin, this.controlQueue.getName(),
                CONTROL_PREFETCH);
        return new QueueConsumer(channels, Duration.ZERO, (delivery) -> {
            delivery.acknowledge();
            handler.accept(delivery.body());
        }, (message) -> Handled.DONE);
    }

}
