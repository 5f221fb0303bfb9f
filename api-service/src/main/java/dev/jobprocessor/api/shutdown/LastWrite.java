package dev.jobprocessor.api.shutdown;

import org.springframework.context.SmartLifecycle;

/**
 * Collects what is written later: stopping it writes what is left, once no request, no
 * confirm and no scheduled task adds to it.
 */
public interface LastWrite extends SmartLifecycle {

    @Override
    default void start() {
    }

    @Override
    default boolean isRunning() {
        return true;
    }

    @Override
    default int getPhase() {
        return ShutdownPhases.LAST_WRITES;
    }

}
