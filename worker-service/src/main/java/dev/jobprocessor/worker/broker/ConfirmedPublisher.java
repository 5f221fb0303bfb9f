package dev.jobprocessor.worker.broker;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.stereotype.Component;

/**
 * Publishes to the jobs exchange. Published means that the broker confirmed it.
 */
@Component
public class ConfirmedPublisher {

    private static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(5);

    private final RabbitTemplate rabbit;

    private final MessageTraces traces;

    ConfirmedPublisher(RabbitTemplate rabbit, MessageTraces traces) {
        this.rabbit = rabbit;
        this.traces = traces;
    }

    /**
     * Publishes persistent JSON and waits for the broker's confirm.
     * @throws AmqpException if the broker is unavailable, does not confirm within five
     * seconds or cannot route the message
     */
    public void publish(JobRoute route, byte[] json, Map<String, Object> headers) throws InterruptedException {
        publish(route, json, headers, 0);
    }

    /**
     * Does the same with a priority.
     * @param priority 0 to 255, see {@link Delivery#priority()}
     */
    void publish(JobRoute route, byte[] json, Map<String, Object> headers, int priority) throws InterruptedException {
        CorrelationData correlation = new CorrelationData(UUID.randomUUID().toString());
        this.rabbit.send(BrokerTopology.JOBS_EXCHANGE, route.routingKey(),
                message(json, headers, priority, correlation), correlation);
        boolean confirmed = awaitConfirm(correlation);
        // RabbitMQ also confirms a message that it could not route and returned.
        if (!confirmed || correlation.getReturned() != null) {
            throw new AmqpException("The broker did not accept a message for " + route.routingKey());
        }
    }

    private Message message(byte[] json, Map<String, Object> headers, int priority, CorrelationData correlation) {
        return MessageBuilder.withBody(json)
            .setContentType(MessageProperties.CONTENT_TYPE_JSON)
            .setDeliveryMode(MessageDeliveryMode.PERSISTENT)
            .setMessageId(correlation.getId())
            .setPriority(priority)
            .copyHeaders(headers)
            .copyHeaders(this.traces.headers())
            .build();
    }

    private static boolean awaitConfirm(CorrelationData correlation) throws InterruptedException {
        try {
            return correlation.getFuture().get(CONFIRM_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).ack();
        }
        catch (ExecutionException | TimeoutException ex) {
            throw new AmqpException("The broker did not confirm a message", ex);
        }
    }

}
