package dev.jobprocessor.worker.processing;

/** Does a job's work, for many jobs at once, each on a thread of its own. */
@FunctionalInterface
public interface Processor {

    /** How many jobs it is given at once where nobody says. */
    default int concurrency() {
        return 1000;
    }

    /**
     * Returns when there is a point in beginning a job: the other side may have asked not
     * to be called for a while. A job that waits here has not started.
     * @throws InterruptedException if the service stops first
     */
    default void awaitReadiness() throws InterruptedException {
    }

    /**
     * Whether an attempt is worked only after the API let it start: where work costs
     * money, none is done twice or for a cancelled job.
     */
    default boolean isClaimed() {
        return false;
    }

    /**
     * Takes as long as the work takes.
     * @throws InterruptedException if the service stops first
     */
    Outcome process(Job job) throws InterruptedException;

}
