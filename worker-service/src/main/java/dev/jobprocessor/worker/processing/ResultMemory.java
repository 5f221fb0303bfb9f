package dev.jobprocessor.worker.processing;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The memory that results may take from their arrival to their report, however many jobs
 * are in flight: a quarter of the heap. Where none is free, the sender has to wait. A job
 * is handled on one thread, which holds at most one share.
 */
@Component
public class ResultMemory {

    /** What reading and reporting the longest text takes. */
    static final long MAX_SHARE = 6L * 1024 * 1024;

    private static final int UNIT = 1024;

    private final Semaphore free;

    private final ThreadLocal<Integer> share = ThreadLocal.withInitial(() -> 0);

    @Autowired
    ResultMemory() {
        this(Runtime.getRuntime().maxMemory() / 4);
    }

    /**
     * Creates one.
     * @param bytes its size, at least that of the largest share
     */
    public ResultMemory(long bytes) {
        this.free = new Semaphore((int) Math.min(Math.max(bytes, MAX_SHARE) / UNIT, Integer.MAX_VALUE), true);
    }

    /**
     * Takes this thread's share, in place of one it holds.
     * @param bytes how much; no more than the largest share is taken
     * @return false if none became free in time
     */
    boolean reserve(long bytes, Duration timeout) throws InterruptedException {
        release();
        int units = units(bytes);
        if (!this.free.tryAcquire(units, timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        this.share.set(units);
        return true;
    }

    /** Releases what of this thread's share is not needed. */
    void shrink(long bytes) {
        int units = Math.min(units(bytes), this.share.get());
        this.free.release(this.share.get() - units);
        this.share.set(units);
    }

    /** Releases this thread's share: its result is reported or kept elsewhere. */
    public void release() {
        this.free.release(this.share.get());
        this.share.remove();
    }

    private static int units(long bytes) {
        return (int) Math.ceilDiv(Math.clamp(bytes, 0, MAX_SHARE), UNIT);
    }

}
