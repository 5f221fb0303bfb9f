package dev.jobprocessor.worker.callback;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A callback that is delivered by another thread. */
final class WaitingCallback {

    private final byte[] body;

    private final CompletableFuture<Reply> reply = new CompletableFuture<>();

    WaitingCallback(byte[] body) {
        this.body = body;
    }

    byte[] body() {
        return this.body;
    }

    int bytes() {
        return this.body.length;
    }

    void answer(Reply reply) {
        this.reply.complete(reply);
    }

    void fail(Throwable cause) {
        this.reply.completeExceptionally(cause);
    }

    /** An interrupt ends the wait alone: what waits may be delivered all the same. */
    Reply reply() throws InterruptedException {
        try {
            return this.reply.get();
        }
        catch (ExecutionException ex) {
            throw new IllegalStateException("The call for several callbacks failed", ex.getCause());
        }
    }

}
