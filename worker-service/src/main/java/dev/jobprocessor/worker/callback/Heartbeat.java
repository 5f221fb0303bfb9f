package dev.jobprocessor.worker.callback;

import java.util.List;

import dev.jobprocessor.worker.broker.Attempt;

/**
 * What this worker reports of itself.
 *
 * @param inFlight how many jobs it runs
 * @param attempts those of them that it has run for longest
 * @param stopping whether it starts nothing any more, to stop
 * @param stopped whether this is its last heartbeat
 */
public record Heartbeat(String name, String version, List<Queue> queues, int inFlight, List<Attempt> attempts,
        boolean stopping, boolean stopped) {

    /** As many as the API accepts. */
    public static final int MAX_ATTEMPTS = 1000;

    /**
     * A queue that it serves.
     *
     * @param processor what works its jobs
     * @param concurrency how many of its jobs are in flight at once
     * @param delegated whether a job runs on elsewhere once it was handed over
     */
    public record Queue(String name, String processor, int concurrency, boolean delegated) {
    }

}
