package dev.jobprocessor.worker.broker;

import java.time.Duration;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.amqp.AmqpException;
import org.springframework.stereotype.Component;

/** Where messages go that nobody can handle: the API marks their jobs FAILED. */
@Component
class DeadLetters {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    private static final Duration RETRY_DELAY = Duration.ofSeconds(5);

    private final ConfirmedPublisher publisher;

    private final Counter messages;

    DeadLetters(ConfirmedPublisher publisher, MeterRegistry registry) {
        this.publisher = publisher;
        this.messages = Counter.builder("worker.dead.letters")
            .description("Messages that nobody can handle")
            .register(registry);
    }

    /**
     * Publishes a message there, however long that takes.
     * @param body the message's, untouched
     * @param reason a sentence for the user
     */
    void add(byte[] body, String reason) throws InterruptedException {
        log.warn("A message goes to the dead letters, which ends its job as FAILED: {}", reason);
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
            log.warn("Cannot publish to the dead letters, trying again in {} s: {}", RETRY_DELAY.toSeconds(),
                    ex.toString());
            return false;
        }
    }

}
