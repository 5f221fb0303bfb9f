package dev.jobprocessor.worker.broker;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Has each delivered message handled, and settles it. A message delivered again while it
 * is in hand here is not handled twice: the newest delivery then stands for it.
 */
final class JobDeliveries<M extends JobMessage> {

    private static final Logger log = LoggerFactory.getLogger(JobDeliveries.class);

    private final JobMessageReader<M> reader;

    private final JobMessageHandler<M> handler;

    private final DeadLetters deadLetters;

    private final ConcurrentMap<Attempt, Delivery> inHand = new ConcurrentHashMap<>();

    JobDeliveries(JobMessageReader<M> reader, JobMessageHandler<M> handler, DeadLetters deadLetters) {
        this.reader = reader;
        this.handler = handler;
        this.deadLetters = deadLetters;
    }

    void handle(Delivery delivery) {
        try {
            M message = this.reader.read(delivery.body());
            try (MDC.MDCCloseable ignored = MDC.putCloseable("jobId", message.jobId())) {
                handleOnce(message, delivery);
            }
        }
        catch (UndeliverableException ex) {
            settlement(() -> bury(delivery, ex)).accept(delivery);
        }
    }

    private void handleOnce(M message, Delivery delivery) {
        Attempt attempt = new Attempt(message.jobId(), message.attempt());
        Delivery older = this.inHand.put(attempt, delivery);
        if (older != null) {
            log.info("Delivered again while in hand: not handled twice");
            older.acknowledge();
            return;
        }
        Consumer<Delivery> settlement = settlement(() -> handleOrBury(message, delivery));
        settlement.accept(this.inHand.remove(attempt));
    }

    private void handleOrBury(M message, Delivery delivery) throws InterruptedException {
        try {
            this.handler.handle(message);
        }
        catch (UndeliverableException ex) {
            bury(delivery, ex);
        }
    }

    private void bury(Delivery delivery, UndeliverableException reason) throws InterruptedException {
        this.deadLetters.add(delivery.body(), reason.reason());
    }

    private static Consumer<Delivery> settlement(Handling handling) {
        try {
            handling.run();
            return Delivery::acknowledge;
        }
        catch (InterruptedException ex) {
            log.debug("Stopping: this message is given back when its channel closes", ex);
            return Delivery::leave;
        }
        catch (RuntimeException | Error ex) {
            log.error("Handling a message failed: the broker dead-letters it, which ends its job as FAILED", ex);
            return Delivery::reject;
        }
    }

    private record Attempt(String jobId, int attempt) {
    }

    private interface Handling {

        void run() throws InterruptedException;

    }

}
