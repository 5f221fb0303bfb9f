package dev.jobprocessor.worker.broker;

import java.time.Duration;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.stereotype.Component;

/** Creates consumers of queues. */
@Component
public class QueueConsumerFactory {

    private final ConnectionFactory connections;

    private final AmqpAdmin admin;

    private final JsonMapper json;

    private final DeadLetters deadLetters;

    private final ConfirmedPublisher publisher;

    private final MessageTraces traces;

    QueueConsumerFactory(ConnectionFactory connections, AmqpAdmin admin, JsonMapper json, DeadLetters deadLetters,
            ConfirmedPublisher publisher, MessageTraces traces) {
        this.connections = connections;
        this.admin = admin;
        this.json = json;
        this.deadLetters = deadLetters;
        this.publisher = publisher;
        this.traces = traces;
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
        return new QueueConsumer(channels, shutdownTimeout, this.traces.continued(queue, deliveries::handle),
                handler::stop);
    }

}
