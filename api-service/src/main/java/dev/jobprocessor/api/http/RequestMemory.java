package dev.jobprocessor.api.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import org.springframework.stereotype.Component;

/**
 * The heap that the bodies of all requests take, from their first byte until their
 * response is written. A body counts {@value #FACTOR} times: it becomes strings, a
 * document and a command. Bodies of more than {@value #SMALL_BYTES} bytes have three
 * quarters of it, so that they leave room for all others; the largest fits in alone.
 * Responses with jobs have half as much again, from when these are loaded until they are
 * sent, and so have the requests themselves, with all that they hold beside body and
 * jobs.
 */
@Component
class RequestMemory {

    static final int SMALL_BYTES = 64 * 1024;

    static final int FACTOR = 4;

    private final Share small;

    private final Share large;

    private final Share pages;

    private final Share requests;

    RequestMemory(RequestSettings settings) {
        this.small = new Share(settings.bytes() / 4);
        this.large = new Share(settings.bytes() * 3 / 4);
        this.pages = new Share(settings.bytes() / 2);
        this.requests = new Share(settings.bytes() / 2);
    }

    /**
     * Memory for one body, of which nothing is taken yet.
     * @param bytes the most that the body may have
     */
    Reservation reservation(long bytes) {
        return new Reservation((bytes > SMALL_BYTES) ? this.large : this.small);
    }

    /** Memory for one response with jobs, of which nothing is taken yet. */
    Reservation responseReservation() {
        return new Reservation(this.pages);
    }

    /** Memory for one request, of which nothing is taken yet. */
    Reservation requestReservation() {
        return new Reservation(this.requests);
    }

    Share small() {
        return this.small;
    }

    Share large() {
        return this.large;
    }

    Share pages() {
        return this.pages;
    }

    Share requests() {
        return this.requests;
    }

    /** Counted in KiB, as semaphores count by int. */
    static final class Share {

        private final int capacity;

        private final Semaphore free;

        private final LongAdder refused = new LongAdder();

        Share(long bytes) {
            this.capacity = (int) Math.min(bytes / 1024, Integer.MAX_VALUE);
            this.free = new Semaphore(this.capacity, true);
        }

        long capacityBytes() {
            return this.capacity * 1024L;
        }

        long usedBytes() {
            return (this.capacity - this.free.availablePermits()) * 1024L;
        }

        long refused() {
            return this.refused.sum();
        }

    }

    /** For one body, response or request, and used by one thread at a time. */
    static final class Reservation implements AutoCloseable {

        private final Share share;

        private int taken;

        private Reservation(Share share) {
            this.share = share;
        }

        /**
         * Takes as much as a body of so many bytes needs.
         * @throws BodyRefused if others have it
         */
        void cover(long bytes) throws BodyRefused {
            int needed = kibibytes(bytes * FACTOR);
            if (needed <= this.taken) {
                return;
            }
            if (!this.share.free.tryAcquire(needed - this.taken)) {
                this.share.refused.increment();
                throw BodyRefused.outOfMemory();
            }
            this.taken = needed;
        }

        /**
         * Takes so many bytes when others have returned them.
         * @return whether that was in time
         */
        boolean await(long bytes, Duration timeout) throws InterruptedException {
            int needed = kibibytes(bytes);
            if (!this.share.free.tryAcquire(needed, timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                this.share.refused.increment();
                return false;
            }
            this.taken += needed;
            return true;
        }

        /** Returns what is taken beyond so many bytes. */
        void shrink(long bytes) {
            int excess = this.taken - kibibytes(bytes);
            if (excess > 0) {
                this.share.free.release(excess);
                this.taken -= excess;
            }
        }

        @Override
        public void close() {
            this.share.free.release(this.taken);
            this.taken = 0;
        }

        private int kibibytes(long bytes) {
            return (int) Math.min(bytes / 1024 + 1, this.share.capacity);
        }

    }

}
