package dev.jobprocessor.local;

/** Why the cluster does not start, in a line for the person who can put it right. */
public final class CannotStart extends RuntimeException {

    private final String reason;

    CannotStart(String reason) {
        super(reason);
        this.reason = reason;
    }

    public String reason() {
        return this.reason;
    }

}
