package dev.jobprocessor.local;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Somebody's wish that the launcher ends: Ctrl-C, SIGTERM, a closed terminal, or the end
 * of the process that started it (Maven). These are signal handlers rather than a
 * shutdown hook because the embedded broker has such a hook, which would run beside ours
 * and take the broker from workers that are still finishing.
 */
final class StopRequest {

    private final CountDownLatch made = new CountDownLatch(1);

    private final AtomicBoolean interrupted = new AtomicBoolean();

    private StopRequest() {
    }

    static StopRequest listen() {
        StopRequest request = new StopRequest();
        Signals.INT.handle(request::interrupt);
        Signals.TERM.handle(request::make);
        Signals.HUP.handle(request::make);
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(request::make));
        return request;
    }

    void await() {
        try {
            this.made.await();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private void make() {
        this.made.countDown();
    }

    // A second Ctrl-C waits for nobody: the services notice the launcher's end.
    private void interrupt() {
        if (this.interrupted.getAndSet(true)) {
            Runtime.getRuntime().halt(130);
        }
        make();
    }

}
