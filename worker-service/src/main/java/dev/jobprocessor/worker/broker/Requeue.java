package dev.jobprocessor.worker.broker;

import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.amqp.AmqpException;

/**
 * Moves a message to the end of its queue by publishing it again: a nack would count
 * towards RabbitMQ's delivery limit.
 */
record Requeue(ConfirmedPublisher publisher, JobRoute route) {

    private static final Logger log = LoggerFactory.getLogger(Requeue.class);

    /** Publishes and acknowledges, or returns false: the broker did not confirm it. */
    boolean toEnd(Delivery delivery) {
        if (!delivery.isOpen()) {
            return true; // it is redelivered anyway
        }
        boolean published = isPublished(delivery);
        if (published) {
            delivery.acknowledge();
        }
        return published;
    }

    private boolean isPublished(Delivery delivery) {
        try {
            this.publisher.publish(this.route, delivery.body(), Map.of(Delivery.REDELIVERED, true),
                    delivery.priority());
            return true;
        }
        catch (AmqpException ex) {
            log.debug("The broker did not confirm a requeued message", ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

}
