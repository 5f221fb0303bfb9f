package dev.jobprocessor.worker.broker;

import java.time.Duration;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.stereotype.Component;

/** Creates the consumers of queues. */
@Component
public class QueueConsumers {

    private final ConnectionFactory connections;

    private final AmqpAdmin admin;

    private final JsonMapper json;

    private final DeadLetters deadLetters;

    private final ConfirmedPublisher publisher;

    private final MessageTraces traces;

    QueueConsumers(ConnectionFactory connections, AmqpAdmin admin, JsonMapper json, DeadLetters deadLetters,
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
     * @param prefetch how many messages are in hand at once, at most 65,535
     * @param shutdownTimeout how long a stop waits for what is in hand
     */
    public <M extends JobMessage> QueueConsumer of(JobQueue queue, int prefetch, Duration shutdownTimeout,
            Class<M> type, JobMessageHandler<M> handler) {
        JobDeliveries<M> deliveries = new JobDeliveries<>(new JobMessageReader<>(this.json, type), handler,
                this.deadLetters, new QueueEnd(this.publisher, queue.route()));
        Subscriber subscriber = new Subscriber(this.connections, this.admin, queue.queueName(), prefetch);
        return new QueueConsumer(subscriber, shutdownTimeout, this.traces.continued(queue, deliveries::handle));
    }

}
