package dev.jobprocessor.api.database;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.QueryTimeoutException;

/**
 * A value that many ask for, loaded once for all of them, and again when it is too old or
 * something changed. All who wait share one load and its failure, and none waits longer
 * than the timeout: an unavailable database makes no queue.
 */
public final class SharedSnapshot<T> {

    private final Supplier<T> loader;

    private final Duration maxAge;

    private final Duration timeout;

    private final LongSupplier nanoTime;

    private final AtomicLong changes = new AtomicLong();

    private volatile @Nullable Snapshot<T> snapshot;

    private @Nullable CompletableFuture<Snapshot<T>> current;

    public SharedSnapshot(Supplier<T> loader, Duration maxAge, Duration timeout) {
        this(loader, maxAge, timeout, System::nanoTime);
    }

    /**
     * @param nanoTime never goes back, as a clock may
     */
    public SharedSnapshot(Supplier<T> loader, Duration maxAge, Duration timeout, LongSupplier nanoTime) {
        this.loader = loader;
        this.maxAge = maxAge;
        this.timeout = timeout;
        this.nanoTime = nanoTime;
    }

    /** Makes the next reader see what changed. */
    public void invalidate() {
        this.changes.incrementAndGet();
    }

    /**
     * @return a value loaded since the last change, and at most {@code maxAge} ago
     * @throws QueryTimeoutException if it is not loaded in time
     */
    public T get() {
        long seen = this.changes.get();
        Snapshot<T> last = this.snapshot;
        return (last != null && isFresh(last, seen)) ? last.value() : loadedSince(seen).value();
    }

    private boolean isFresh(Snapshot<T> snapshot, long changes) {
        return snapshot.changes() >= changes && this.nanoTime.getAsLong() - snapshot.loadedAt() < this.maxAge.toNanos();
    }

    private Snapshot<T> loadedSince(long changes) {
        long deadline = System.nanoTime() + this.timeout.toNanos();
        Snapshot<T> loaded;
        do {
            loaded = await(load(), deadline);
        }
        while (loaded.changes() < changes);
        return loaded;
    }

    private synchronized CompletableFuture<Snapshot<T>> load() {
        if (this.current == null || this.current.isDone()) {
            CompletableFuture<Snapshot<T>> load = new CompletableFuture<>();
            Thread.startVirtualThread(() -> load(load));
            this.current = load;
        }
        return this.current;
    }

    private void load(CompletableFuture<Snapshot<T>> load) {
        long seen = this.changes.get();
        long now = this.nanoTime.getAsLong();
        try {
            Snapshot<T> loaded = new Snapshot<>(this.loader.get(), seen, now);
            this.snapshot = loaded;
            load.complete(loaded);
        }
        catch (RuntimeException | Error ex) {
            load.completeExceptionally(ex);
        }
    }

    private Snapshot<T> await(CompletableFuture<Snapshot<T>> load, long deadline) {
        try {
            return load.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        catch (TimeoutException ex) {
            throw new QueryTimeoutException("Not loaded within " + this.timeout, ex);
        }
        catch (ExecutionException ex) {
            throw (ex.getCause() instanceof RuntimeException failure) ? failure : new IllegalStateException(ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new QueryTimeoutException("Interrupted", ex);
        }
    }

    private record Snapshot<T>(T value, long changes, long loadedAt) {
    }

}
