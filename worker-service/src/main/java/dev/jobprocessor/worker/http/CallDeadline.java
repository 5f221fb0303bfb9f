package dev.jobprocessor.worker.http;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/** The moment at which a call times out. */
final class CallDeadline {

    private final Duration timeout;

    private final Runnable giveUp;

    private volatile boolean missed;

    private @Nullable Future<?> task;

    private @Nullable Future<?> watch;

    CallDeadline(Duration timeout, Runnable giveUp) {
        this.timeout = timeout;
        this.giveUp = giveUp;
    }

    void start(Function<Runnable, Future<?>> schedule) {
        this.task = schedule.apply(this::miss);
    }

    /** Times out as well once the response stalls, or is not wanted any more. */
    void watch(StreamStall stall, Function<Runnable, Future<?>> schedule) {
        this.watch = schedule.apply(() -> {
            if (stall.isOver()) {
                miss();
            }
        });
    }

    private void miss() {
        this.missed = true;
        this.giveUp.run();
    }

    void end() {
        if (this.task != null) {
            this.task.cancel(false);
        }
        if (this.watch != null) {
            this.watch.cancel(false);
        }
    }

    /** A failure caused by the deadline is reported as a timeout. */
    void throwIfMissed(Exception failure) throws SocketTimeoutException {
        if (this.missed) {
            SocketTimeoutException late = new SocketTimeoutException(
                    "The call took longer than %d ms".formatted(this.timeout.toMillis()));
            late.addSuppressed(failure);
            throw late;
        }
    }

}
