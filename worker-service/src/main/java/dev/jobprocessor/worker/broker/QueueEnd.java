package dev.jobprocessor.worker.broker;

import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.amqp.AmqpException;

/**
 * Where a message goes that waits for better times: a message given back instead would
 * meet RabbitMQ's limit of deliveries.
 */
record QueueEnd(ConfirmedPublisher publisher, JobRoute route) {

    private static final Logger log = LoggerFactory.getLogger(QueueEnd.class);

    /** Moves a message there, or answers false: the broker did not take it. */
    boolean take(Delivery delivery) {
        if (!delivery.isOpen()) {
            return true; // it is delivered again anyway
        }
        boolean published = isPublished(delivery.body());
        if (published) {
            delivery.acknowledge();
        }
        return published;
    }

    private boolean isPublished(byte[] body) {
        try {
            this.publisher.publish(this.route, body, Map.of(Delivery.REDELIVERED, true));
            return true;
        }
        catch (AmqpException ex) {
            log.debug("The broker does not take a message back", ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

}
