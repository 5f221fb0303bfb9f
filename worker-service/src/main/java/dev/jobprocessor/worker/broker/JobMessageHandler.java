package dev.jobprocessor.worker.broker;

/** What a queue's messages are for. */
@FunctionalInterface
public interface JobMessageHandler<M extends JobMessage> {

    /**
     * Does what the message asks for.
     * @return what the message's delivery is settled with
     * @throws UndeliverableException if nobody can ever do it: the message goes to the
     * dead letters
     * @throws InterruptedException if the service stops first: the message is given back
     */
    Handled handle(M message) throws InterruptedException, UndeliverableException;

    /** Does the same for a message that another handling may have begun. */
    default Handled handleAgain(M message) throws InterruptedException, UndeliverableException {
        return handle(message);
    }

}
