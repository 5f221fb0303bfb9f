package dev.jobprocessor.api.stats;

import java.time.Duration;
import java.time.Instant;

/**
 * What finished and how long it took, by queue, in slots of one length: as many as a
 * chart shows are kept, however many jobs there were.
 */
enum Series {

    HOUR("queue-minutes", Duration.ofMinutes(1), 60),

    DAY("queue-ten-minutes", Duration.ofMinutes(10), 144),

    WEEK("queue-hours", Duration.ofHours(1), 168);

    private final String collection;

    private final Duration slot;

    private final int slots;

    Series(String collection, Duration slot, int slots) {
        this.collection = collection;
        this.slot = slot;
        this.slots = slots;
    }

    String collection() {
        return this.collection;
    }

    Duration slot() {
        return this.slot;
    }

    int slots() {
        return this.slots;
    }

    /** When the slot began that a time is in. */
    Instant slotOf(Instant time) {
        return Instant
            .ofEpochSecond(Math.floorDiv(time.getEpochSecond(), this.slot.toSeconds()) * this.slot.toSeconds());
    }

    /** When the oldest slot began that is shown; the newest is the current one. */
    Instant firstSlot(Instant now) {
        return slotOf(now).minus(this.slot.multipliedBy(this.slots - 1L));
    }

}
