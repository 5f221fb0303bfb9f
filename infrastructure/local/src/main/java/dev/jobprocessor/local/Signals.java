package dev.jobprocessor.local;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/** The signals by which a terminal, a shell or another process ends this one. */
enum Signals {

    INT, TERM, HUP;

    void handle(Runnable handler) {
        handle(signal -> handler.run());
    }

    void ignore() {
        handle(SignalHandler.SIG_IGN);
    }

    private void handle(SignalHandler handler) {
        try {
            Signal.handle(new Signal(name()), handler);
        }
        catch (IllegalArgumentException ex) {
            // Windows has no HUP.
        }
    }

}
