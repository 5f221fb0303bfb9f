package dev.jobprocessor.api.workers;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.data.annotation.Id;

/**
 * A worker as its last heartbeat described it.
 *
 * @param inFlight how many jobs it ran
 * @param jobs ids of those that it had run for longest
 * @param stopping whether it finishes what it runs, to stop
 * @param drained whether a user had it finish what it runs
 */
record Worker(@Id String name, String version, List<WorkerQueue> queues, int inFlight, List<String> jobs,
        Instant lastHeartbeat, boolean stopping, boolean drained, @Nullable WorkerMemory memory) {

    WorkerState state(Instant now, Duration lostAfter) {
        if (this.lastHeartbeat.plus(lostAfter).isBefore(now)) {
            return WorkerState.LOST;
        }
        return (this.stopping || this.drained) ? WorkerState.DRAINING : WorkerState.RUNNING;
    }

}
