package dev.jobprocessor.worker.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Notices that a streamed response stalls, from its first part on. */
public final class StreamStall {

    private static final long NOT_BEGUN = Long.MIN_VALUE;

    private final long timeout;

    private final LongSupplier nanoTime;

    private volatile long last = NOT_BEGUN;

    private volatile boolean abandoned;

    /**
     * Creates one for one call.
     * @param timeout how long the next part may take
     */
    public StreamStall(Duration timeout) {
        this(timeout, System::nanoTime);
    }

    StreamStall(Duration timeout, LongSupplier nanoTime) {
        this.timeout = timeout.toNanos();
        this.nanoTime = nanoTime;
    }

    /** A part has arrived. */
    public void goesOn() {
        this.last = this.nanoTime.getAsLong();
    }

    /**
     * What follows is not wanted: the connection is closed rather than read to its end.
     */
    public void abandon() {
        this.abandoned = true;
    }

    boolean isOver() {
        return this.abandoned || isStalled();
    }

    public boolean isStalled() {
        return this.last != NOT_BEGUN && this.nanoTime.getAsLong() - this.last > this.timeout;
    }

}
