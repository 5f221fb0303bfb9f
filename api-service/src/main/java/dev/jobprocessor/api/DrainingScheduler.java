package dev.jobprocessor.api;

import dev.jobprocessor.api.jobs.ShutdownPhases;

import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Goes on until its phase stops it. By default a scheduler ends as soon as the context
 * begins to close, and nothing would be marked while requests are drained.
 */
final class DrainingScheduler extends ThreadPoolTaskScheduler {

    DrainingScheduler() {
        setPhase(ShutdownPhases.SCHEDULER);
    }

    @Override
    protected void initiateEarlyShutdown() {
        // stopped by phase
    }

}
