package dev.jobprocessor.api.submission;

import java.util.concurrent.atomic.AtomicInteger;

/** About how many jobs of one submitter are PENDING. */
final class PendingCount {

    private final AtomicInteger added = new AtomicInteger();

    private volatile int counted;

    private volatile boolean used = true;

    PendingCount(int counted) {
        this.counted = counted;
    }

    /** Adds so many, unless there would be more than the limit. */
    boolean add(int jobs, int limit) {
        this.used = true;
        if (this.counted + this.added.addAndGet(jobs) <= limit) {
            return true;
        }
        this.added.addAndGet(-jobs);
        return false;
    }

    void giveBack(int jobs) {
        this.added.addAndGet(-jobs);
    }

    /** Whether it was used since this was asked before. */
    boolean isUsed() {
        boolean used = this.used;
        this.used = false;
        return used;
    }

    int added() {
        return this.added.get();
    }

    /**
     * Replaces what is known.
     * @param before what was {@link #added()} before the count, which the count has
     */
    void recount(int counted, int before) {
        this.counted = counted;
        this.added.addAndGet(-before);
    }

}
