package dev.jobprocessor.local;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/** The signals by which a terminal, a shell or another process ends this one. */
enum Signals {

    INT, TERM, HUP;

    /**
     * Handles the signal, unless whoever started this process had it ignored, as shells
     * do with INT for a script's background jobs: a JVM leaves that as it is.
     * @return whether the signal is handled
     */
    boolean handle(Runnable handler) {
        return handle(signal -> handler.run());
    }

    void ignore() {
        handle(SignalHandler.SIG_IGN);
    }

    private boolean handle(SignalHandler handler) {
        try {
            Signal signal = new Signal(name());
            return !Signal.handle(signal, handler).equals(SignalHandler.SIG_IGN);
        }
        catch (IllegalArgumentException ex) {
            return false; // Windows has no HUP.
        }
    }

}
