package dev.jobprocessor.worker.callback;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.jobprocessor.worker.broker.Attempt;
import org.jspecify.annotations.Nullable;

/**
 * What this worker reports of itself.
 *
 * @param inFlight how many jobs it runs
 * @param attempts those of them that it has run for longest
 * @param stopping whether it starts nothing any more, to stop
 * @param stopped whether this is its last heartbeat
 * @param memory how much of its heap is in use
 */
public record Heartbeat(String name, String version, List<Queue> queues, int inFlight, List<Attempt> attempts,
        boolean stopping, boolean stopped, Memory memory) {

    /** As many as the API accepts. */
    public static final int MAX_ATTEMPTS = 1000;

    /**
     * A queue that it serves.
     *
     * @param processor what works its jobs
     * @param concurrency how many of its jobs are in flight at once
     * @param delegated whether a job runs on elsewhere once it was handed over
     * @param limit null where its provider accepts calls
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Queue(String name, String processor, int concurrency, boolean delegated,
            @Nullable ProviderLimit limit) {
    }

    /** In bytes. */
    public record Memory(long used, long max) {

        public static Memory now() {
            Runtime heap = Runtime.getRuntime();
            return new Memory(heap.totalMemory() - heap.freeMemory(), heap.maxMemory());
        }

    }

}
