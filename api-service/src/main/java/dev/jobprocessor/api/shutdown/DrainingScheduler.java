package dev.jobprocessor.api.shutdown;

import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Runs until its phase stops it. By default a scheduler stops as soon as the context
 * starts to close, and no confirm would be stored while requests are drained.
 */
public final class DrainingScheduler extends ThreadPoolTaskScheduler {

    public DrainingScheduler() {
        setPhase(ShutdownPhases.SCHEDULER);
    }

    @Override
    protected void initiateEarlyShutdown() {
        // stopped by phase
    }

}
