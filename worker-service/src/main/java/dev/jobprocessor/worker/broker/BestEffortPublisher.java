package dev.jobprocessor.worker.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.core.RabbitOperations;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.stereotype.Component;

/**
 * Publishes messages that may be lost, on a thread of its own: however slow or blocked
 * the broker is, no caller waits for it.
 */
@Component
public class BestEffortPublisher implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BestEffortPublisher.class);

    private static final int MAX_WAITING = 10_000;

    /** How many others wait at most where a message is not worth waiting for. */
    static final int BUSY = 500;

    private static final int MAX_BATCH = 500;

    private final RabbitTemplate rabbit;

    private final MessageTraces traces;

    private final BlockingQueue<Event> waiting = new ArrayBlockingQueue<>(MAX_WAITING);

    private final RepeatingThread thread;

    BestEffortPublisher(RabbitTemplate rabbit, MessageTraces traces) {
        this.rabbit = rabbit;
        this.traces = traces;
        this.thread = new RepeatingThread("best-effort-publisher", this::publishWaiting);
    }

    /** Publishes JSON to the jobs exchange asynchronously, at most once. */
    public void publish(JobRoute route, byte[] json) {
        if (!this.waiting.offer(new Event(route, json, this.traces.headers()))) {
            log.debug("The buffer is full: dropped a message for {}", route.routingKey());
        }
    }

    /** Does the same unless many others wait: then it is dropped. */
    public void publishUnlessBusy(JobRoute route, byte[] json) {
        if (this.waiting.size() < BUSY) {
            publish(route, json);
        }
    }

    @Override
    public void close() {
        this.thread.stop();
    }

    /**
     * Whether its thread runs: false is an error that only a restart fixes.
     */
    public boolean isAlive() {
        return this.thread.isAlive();
    }

    private void publishWaiting() throws InterruptedException {
        List<Event> batch = new ArrayList<>();
        batch.add(this.waiting.take());
        this.waiting.drainTo(batch, MAX_BATCH);
        publish(batch);
    }

    private void publish(List<Event> batch) {
        try {
            // One channel for all: with confirms on, a channel is not reused before they
            // arrive.
            this.rabbit.<Object>invoke((channel) -> {
                batch.forEach((event) -> event.publish(channel));
                return batch;
            });
        }
        catch (AmqpException ex) {
            log.debug("Dropped up to {} messages", batch.size(), ex);
        }
    }

    private record Event(JobRoute route, byte[] json, Map<String, Object> headers) {

        void publish(RabbitOperations channel) {
            channel.send(BrokerTopology.JOBS_EXCHANGE, this.route.routingKey(), message());
        }

        private Message message() {
            return MessageBuilder.withBody(this.json)
                .setContentType(MessageProperties.CONTENT_TYPE_JSON)
                .setDeliveryMode(MessageDeliveryMode.NON_PERSISTENT)
                .setMessageId(UUID.randomUUID().toString())
                .copyHeaders(this.headers)
                .build();
        }

    }

}
