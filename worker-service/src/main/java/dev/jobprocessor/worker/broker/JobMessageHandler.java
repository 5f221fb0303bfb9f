package dev.jobprocessor.worker.broker;

/** What a queue's messages are for. */
@FunctionalInterface
public interface JobMessageHandler<M extends JobMessage> {

    /**
     * Does what the message asks for. The message is acknowledged when this returns.
     * @throws UndeliverableException if nobody can ever do it: the message goes to the
     * dead letters
     * @throws InterruptedException if the service stops first: the message is given back
     */
    void handle(M message) throws InterruptedException, UndeliverableException;

}
