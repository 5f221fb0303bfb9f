package dev.jobprocessor.worker.broker;

/** What a queue's messages are for. */
@FunctionalInterface
public interface JobMessageHandler<M extends JobMessage> {

    /**
     * Does what the message asks for.
     * @return true if that is done, so that the message can be acknowledged; false if it
     * is to be handled again after all others in the queue
     * @throws UndeliverableException if nobody can ever do it: the message goes to the
     * dead letters
     * @throws InterruptedException if the service stops first: the message is given back
     */
    boolean handle(M message) throws InterruptedException, UndeliverableException;

}
