package dev.jobprocessor.api.database;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Lets the first of many warnings pass, and then one in every interval. */
final class RareWarning {

    private final long interval;

    private final LongSupplier nanoTime;

    private final AtomicLong suppressed = new AtomicLong();

    private final AtomicLong next;

    RareWarning(Duration interval, LongSupplier nanoTime) {
        this.interval = interval.toNanos();
        this.nanoTime = nanoTime;
        this.next = new AtomicLong(nanoTime.getAsLong());
    }

    /** How many warnings were suppressed since the last one, if this one passes. */
    OptionalLong pass() {
        long now = this.nanoTime.getAsLong();
        long due = this.next.get();
        if (now - due >= 0 && this.next.compareAndSet(due, now + this.interval)) {
            return OptionalLong.of(this.suppressed.getAndSet(0));
        }
        this.suppressed.incrementAndGet();
        return OptionalLong.empty();
    }

}
