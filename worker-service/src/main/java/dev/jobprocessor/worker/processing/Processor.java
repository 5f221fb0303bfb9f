package dev.jobprocessor.worker.processing;

/** Does a job's work, for many jobs at once, each on a thread of its own. */
@FunctionalInterface
public interface Processor {

    /**
     * Takes as long as the work takes.
     * @throws InterruptedException if the service stops first
     */
    Outcome process(Job job) throws InterruptedException;

}
