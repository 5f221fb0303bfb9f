package dev.jobprocessor.worker.broker;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Has each delivered message handled, and settles it. A message delivered again while it
 * is in hand here is not handled twice: the newest delivery then stands for it. Nor is
 * one delivered again because its channel broke before it could be acknowledged.
 */
final class JobDeliveries<M extends JobMessage> {

    private static final Logger log = LoggerFactory.getLogger(JobDeliveries.class);

    private final JobMessageReader<M> reader;

    private final JobMessageHandler<M> handler;

    private final DeadLetters deadLetters;

    private final QueueEnd queueEnd;

    private final ConcurrentMap<Attempt, Delivery> inHand = new ConcurrentHashMap<>();

    private final Unacknowledged unacknowledged = new Unacknowledged();

    JobDeliveries(JobMessageReader<M> reader, JobMessageHandler<M> handler, DeadLetters deadLetters,
            QueueEnd queueEnd) {
        this.reader = reader;
        this.handler = handler;
        this.deadLetters = deadLetters;
        this.queueEnd = queueEnd;
    }

    void handle(Delivery delivery) {
        try {
            M message = this.reader.read(delivery.body());
            try (MDC.MDCCloseable ignored = MDC.putCloseable("jobId", message.jobId())) {
                handleOnce(message, delivery);
            }
        }
        catch (UndeliverableException ex) {
            settle(delivery, ending(() -> bury(delivery, ex)));
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
        Ending ending = this.unacknowledged.remove(attempt) ? Ending.DONE
                : ending(() -> handleOrBury(message, delivery));
        // From here on the same message may come again, from the end of the queue.
        Delivery newest = this.inHand.remove(attempt);
        if (isToBeHandledAgain(ending, delivery, newest)) {
            handleOnce(message, newest);
        }
        else if (!settle(newest, ending)) {
            this.unacknowledged.add(attempt);
        }
    }

    /**
     * A newer delivery of a deferred attempt may be the one that it was deferred for.
     */
    private boolean isToBeHandledAgain(Ending ending, Delivery delivery, Delivery newest) {
        return switch (ending) {
            case LATER -> !this.queueEnd.take(newest);
            case DEFERRED -> newest != delivery;
            case DONE, STOPPED, FAILED -> false;
        };
    }

    private Ending handleOrBury(M message, Delivery delivery) throws InterruptedException {
        try {
            return switch (handled(message, delivery)) {
                case DONE -> Ending.DONE;
                case DEFERRED -> Ending.DEFERRED;
                case REQUEUED -> Ending.LATER;
            };
        }
        catch (UndeliverableException ex) {
            return bury(delivery, ex);
        }
    }

    private Handled handled(M message, Delivery delivery) throws InterruptedException, UndeliverableException {
        return delivery.isRedelivered() ? this.handler.handleAgain(message) : this.handler.handle(message);
    }

    private Ending bury(Delivery delivery, UndeliverableException reason) throws InterruptedException {
        this.deadLetters.add(delivery.body(), reason.reason());
        return Ending.DONE;
    }

    private static Ending ending(Handling handling) {
        try {
            return handling.run();
        }
        catch (InterruptedException ex) {
            log.debug("Stopping: this message is given back when its channel closes", ex);
            return Ending.STOPPED;
        }
        catch (RuntimeException | Error ex) {
            log.error("Handling a message failed: the broker dead-letters it, which ends its job as FAILED", ex);
            return Ending.FAILED;
        }
    }

    /** Answers false where the message is done and the broker could not be told. */
    private static boolean settle(Delivery delivery, Ending ending) {
        return switch (ending) {
            case DONE -> delivery.acknowledge();
            case DEFERRED -> {
                delivery.acknowledge();
                yield true; // what is delivered again is not done
            }
            case FAILED -> {
                delivery.reject();
                yield true;
            }
            case LATER, STOPPED -> true;
        };
    }

    private enum Ending {

        DONE, DEFERRED, LATER, STOPPED, FAILED

    }

    private interface Handling {

        Ending run() throws InterruptedException;

    }

}
