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

    private final boolean heedsCtrlC;

    private final AtomicBoolean interrupted = new AtomicBoolean();

    private StopRequest() {
        this.heedsCtrlC = Signals.INT.handle(this::interrupt);
        Signals.TERM.handle(this::make);
        Signals.HUP.handle(this::make);
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(this::make));
    }

    static StopRequest listen() {
        return new StopRequest();
    }

    /**
     * False for a background job of a script, which a terminal's Ctrl-C is not meant for.
     */
    boolean heedsCtrlC() {
        return this.heedsCtrlC;
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
