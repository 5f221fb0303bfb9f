package dev.jobprocessor.worker.processing;

/**
 * A queue that this worker serves.
 *
 * @param concurrency how many of its jobs are in flight at once
 */
public record WorkQueue(String name, Processor processor, int concurrency) {

    /** The queue of jobs that name none. */
    public static final String DEFAULT = "default";

    public boolean isDefault() {
        return this.name.equals(DEFAULT);
    }

}
