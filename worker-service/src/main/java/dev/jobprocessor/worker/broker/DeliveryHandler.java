package dev.jobprocessor.worker.broker;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Has each delivered message handled once, and settles its delivery. A message that is
 * redelivered while it is in flight here is not handled twice: the newest delivery is
 * settled in its place. Nor is one that is redelivered because its channel was closed
 * before it could be acknowledged.
 */
final class DeliveryHandler<M extends JobMessage> {

    private static final Logger log = LoggerFactory.getLogger(DeliveryHandler.class);

    private final JobMessageReader<M> reader;

    private final JobMessageHandler<M> handler;

    private final DeadLetters deadLetters;

    private final Requeue requeue;

    private final ConcurrentMap<Attempt, Delivery> inFlight = new ConcurrentHashMap<>();

    private final UnacknowledgedAttempts unacknowledged = new UnacknowledgedAttempts();

    DeliveryHandler(JobMessageReader<M> reader, JobMessageHandler<M> handler, DeadLetters deadLetters,
            Requeue requeue) {
        this.reader = reader;
        this.handler = handler;
        this.deadLetters = deadLetters;
        this.requeue = requeue;
    }

    void handle(Delivery delivery) {
        try {
            M message = this.reader.read(delivery.body());
            try (MDC.MDCCloseable ignored = MDC.putCloseable("jobId", message.jobId())) {
                handleOnce(message, delivery);
            }
        }
        catch (UndeliverableException ex) {
            settle(delivery, deadLetter(delivery, ex));
        }
    }

    private void handleOnce(M message, Delivery delivery) {
        Attempt attempt = new Attempt(message.jobId(), message.attempt());
        Delivery older = this.inFlight.put(attempt, delivery);
        if (older != null) {
            log.info("Redelivered while in flight: not handled twice");
            older.acknowledge();
            return;
        }
        Result result = isDone(attempt) ? Result.DONE : handleOrDeadLetter(message, delivery);
        if (result == Result.DONE) {
            this.unacknowledged.add(attempt);
        }
        // From here on the same message may be redelivered, from the end of the queue.
        Delivery newest = this.inFlight.remove(attempt);
        if (mustBeHandledAgain(result, delivery, newest)) {
            handleOnce(message, newest);
        }
        else if (settle(newest, result)) {
            this.unacknowledged.remove(attempt);
        }
    }

    private boolean isDone(Attempt attempt) {
        boolean done = this.unacknowledged.remove(attempt);
        if (done) {
            log.info("Finished before it could be acknowledged: not handled again");
        }
        return done;
    }

    /**
     * A newer delivery of a deferred attempt may be the one that the API published anew.
     */
    private boolean mustBeHandledAgain(Result result, Delivery delivery, Delivery newest) {
        return switch (result) {
            case REQUEUED -> !this.requeue.toEnd(newest);
            case DEFERRED -> newest != delivery;
            case DONE, STOPPED, FAILED -> false;
        };
    }

    private Result handleOrDeadLetter(M message, Delivery delivery) {
        try {
            Handled handled = delivery.isRedelivered() ? this.handler.handleAgain(message)
                    : this.handler.handle(message);
            return switch (handled) {
                case DONE -> Result.DONE;
                case DEFERRED -> Result.DEFERRED;
                case REQUEUED -> Result.REQUEUED;
            };
        }
        catch (UndeliverableException ex) {
            return deadLetter(delivery, ex);
        }
        catch (InterruptedException | RuntimeException | Error ex) {
            return failure(ex);
        }
    }

    private Result deadLetter(Delivery delivery, UndeliverableException reason) {
        try {
            this.deadLetters.add(delivery.body(), reason.reason());
            return Result.DONE;
        }
        catch (InterruptedException | RuntimeException | Error ex) {
            return failure(ex);
        }
    }

    private static Result failure(Throwable ex) {
        if (ex instanceof InterruptedException) {
            log.debug("Stopping: this message is requeued", ex);
            return Result.STOPPED;
        }
        log.error("Handling a message failed: the broker dead-letters it, and its job finishes as FAILED", ex);
        return Result.FAILED;
    }

    /** Returns false where the message is done and could not be acknowledged. */
    private static boolean settle(Delivery delivery, Result result) {
        return switch (result) {
            case DONE -> delivery.acknowledge();
            case DEFERRED -> {
                delivery.acknowledge();
                yield true; // a redelivered message is not done
            }
            case FAILED -> {
                delivery.reject();
                yield true;
            }
            case STOPPED -> {
                delivery.requeue();
                yield true;
            }
            case REQUEUED -> true;
        };
    }

    private enum Result {

        DONE, DEFERRED, REQUEUED, STOPPED, FAILED

    }

}
