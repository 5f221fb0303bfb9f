package dev.jobprocessor.api.submission;

import java.util.concurrent.locks.ReentrantLock;

import dev.jobprocessor.api.submission.TakenQuotas.Share;

/**
 * What this instance holds of one submitter's quota of the current minute. It takes a
 * fiftieth of the quota at a time, so that it asks the database 50 times a minute at
 * most, and what several instances hold in vain is little.
 */
final class HeldQuota {

    private static final int SHARES = 50;

    private final ReentrantLock lock = new ReentrantLock();

    private final String submitter;

    private final int quota;

    private volatile long minute;

    private int held;

    /** At most: others take of it. */
    private int shared;

    HeldQuota(String submitter, int quota) {
        this.submitter = submitter;
        this.quota = quota;
    }

    /** Takes so many, or none. */
    boolean take(int jobs, long now, TakenQuotas all) {
        this.lock.lock();
        try {
            begin(now);
            if (this.held < jobs && this.held + this.shared >= jobs) {
                int missing = jobs - this.held;
                add(all.take(this.submitter, this.minute, this.quota, missing, Math.max(missing, this.quota / SHARES)));
            }
            boolean enough = this.held >= jobs;
            this.held -= enough ? jobs : 0;
            return enough;
        }
        finally {
            this.lock.unlock();
        }
    }

    private void add(Share share) {
        begin(share.minute());
        this.held += share.jobs();
        this.shared = share.left();
    }

    private void begin(long now) {
        if (now > this.minute) {
            this.minute = now;
            this.held = 0;
            this.shared = this.quota;
        }
    }

    /** Returns what was taken in this minute for jobs that are not new. */
    void giveBack(int jobs, long taken) {
        this.lock.lock();
        try {
            this.held += (taken == this.minute) ? jobs : 0;
        }
        finally {
            this.lock.unlock();
        }
    }

    /** How many may be submitted in this minute, at most. */
    int left(long now) {
        this.lock.lock();
        try {
            begin(now);
            return this.held + this.shared;
        }
        finally {
            this.lock.unlock();
        }
    }

    boolean isOlderThan(long now) {
        return this.minute < now;
    }

}
