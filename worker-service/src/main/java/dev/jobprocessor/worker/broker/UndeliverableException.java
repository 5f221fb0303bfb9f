package dev.jobprocessor.worker.broker;

/** A message that no worker can ever handle. */
public class UndeliverableException extends Exception {

    private final String reason;

    /**
     * Creates one.
     * @param reason a sentence for the user
     */
    public UndeliverableException(String reason) {
        super(reason);
        this.reason = reason;
    }

    public String reason() {
        return this.reason;
    }

}
