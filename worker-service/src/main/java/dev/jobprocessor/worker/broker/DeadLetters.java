package dev.jobprocessor.worker.broker;

import java.time.Duration;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.amqp.AmqpException;
import org.springframework.stereotype.Component;

/** Publishes messages that no worker can handle: the API marks their jobs FAILED. */
@Component
class DeadLetters {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    private static final Duration RETRY_DELAY = Duration.ofSeconds(5);

    private final ConfirmedPublisher publisher;

    private final Counter messages;

    DeadLetters(ConfirmedPublisher publisher, MeterRegistry registry) {
        this.publisher = publisher;
        this.messages = Counter.builder("worker.dead.letters")
            .description("Messages that no worker can handle")
            .register(registry);
    }

    /**
     * Publishes a message, retrying until the broker confirms it.
     * @param body the message's body as it was delivered
     * @param reason a sentence for the user
     */
    void add(byte[] body, String reason) throws InterruptedException {
        log.warn("Dead-lettering a message, its job finishes as FAILED: {}", reason);
        while (!published(body, reason)) {
            Thread.sleep(RETRY_DELAY);
        }
    }

    private boolean published(byte[] body, String reason) throws InterruptedException {
        try {
            this.publisher.publish(JobRoute.DEAD, body, Map.of("reason", reason));
            this.messages.increment();
            return true;
        }
        catch (AmqpException ex) {
            log.warn("Cannot publish a dead letter, retrying in {} s: {}", RETRY_DELAY.toSeconds(), ex.toString());
            return false;
        }
    }

}
