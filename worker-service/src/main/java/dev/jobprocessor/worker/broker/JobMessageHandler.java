package dev.jobprocessor.worker.broker;

/** Handles a queue's messages. */
@FunctionalInterface
public interface JobMessageHandler<M extends JobMessage> {

    /**
     * Handles a message.
     * @return how the message's delivery is settled
     * @throws UndeliverableException if no worker can ever handle it: the message is
     * dead-lettered
     * @throws InterruptedException if the service stops first: the message is requeued
     */
    Handled handle(M message) throws InterruptedException, UndeliverableException;

    /** Handles a message that may have been handled in part before. */
    default Handled handleAgain(M message) throws InterruptedException, UndeliverableException {
        return handle(message);
    }

    /**
     * Interrupts the handling of messages of which none has begun, so that they are
     * requeued at once, and of those that are delivered from now on.
     * @return how many there were
     */
    default int stop() {
        return 0;
    }

    /** Goes on after a stop. */
    default void start() {
    }

}
