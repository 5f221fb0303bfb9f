package dev.jobprocessor.api.waits;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import dev.jobprocessor.api.jobs.JobView;

/** One call that waits until a job ends, or its time does. */
final class JobWait {

    private final JobWaits waits;

    private final String id;

    private final long deadline;

    private final CompletableFuture<Optional<JobView>> end = new CompletableFuture<>();

    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    JobWait(JobWaits waits, String id, long deadline) {
        this.waits = waits;
        this.id = id;
        this.deadline = deadline;
    }

    String id() {
        return this.id;
    }

    boolean isDue(long nanoTime) {
        return nanoTime - this.deadline >= 0;
    }

    /**
     * @param job as it ended; empty where that is not known here
     */
    void end(Optional<JobView> job) {
        this.end.complete(job);
    }

    boolean hasEnded() {
        return this.end.isDone();
    }

    /**
     * Starts the response once the wait has ended, on another thread. It must
     * {@link #close} this when it was sent.
     */
    void onEnd(Consumer<Optional<JobView>> response) {
        this.end.thenAccept((job) -> this.waits.respond(this, () -> response.accept(job)));
    }

    void onClose(Runnable action) {
        this.closed.thenRun(action);
    }

    /** Frees the call's place; any further call of this does nothing. */
    void close() {
        if (this.closed.complete(null)) {
            this.waits.remove(this);
        }
    }

    boolean isClosed() {
        return this.closed.isDone();
    }

    /** Returns once it is closed, or the time is over. */
    void awaitClose(long millis) throws InterruptedException {
        try {
            this.closed.get(millis, TimeUnit.MILLISECONDS);
        }
        catch (ExecutionException | TimeoutException ex) {
            // a client that reads slowly delays no other
        }
    }

}
