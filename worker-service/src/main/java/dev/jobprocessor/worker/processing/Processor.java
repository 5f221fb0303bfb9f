package dev.jobprocessor.worker.processing;

import dev.jobprocessor.worker.callback.ProviderLimit;
import org.jspecify.annotations.Nullable;

/** Processes jobs, many at once, each on a thread of its own. */
@FunctionalInterface
public interface Processor {

    /** How many jobs are in flight at once by default. */
    default int concurrency() {
        return 1000;
    }

    /** What users see. */
    default String name() {
        return "custom";
    }

    /**
     * Whether a job may run on elsewhere once it was handed over, and is reported from
     * there.
     */
    default boolean delegates() {
        return false;
    }

    /**
     * Waits while the provider wants no calls. A job that waits here has not started.
     * @throws InterruptedException if the service stops first
     */
    default void awaitReadiness() throws InterruptedException {
    }

    /** What keeps jobs from starting; null where nothing does. */
    default @Nullable ProviderLimit limit() {
        return null;
    }

    /**
     * Whether an attempt must be claimed at the API before it starts: where work costs
     * money, none is done twice or for a cancelled job.
     */
    default boolean isClaimed() {
        return false;
    }

    /**
     * Processes a job, and returns when its outcome is known.
     * @throws InterruptedException if the service stops first
     */
    Outcome process(Job job) throws InterruptedException;

}
