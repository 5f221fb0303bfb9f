package dev.jobprocessor.api.workers;

import java.util.List;

import dev.jobprocessor.api.jobs.JobAttempt;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What a worker reports of itself.
 *
 * @param name as users see it, which no two workers may have at the same time
 * @param inFlight how many jobs it runs
 * @param attempts those of them that it has run for longest
 * @param stopping whether it starts nothing any more, to stop
 * @param stopped whether this is its last heartbeat
 * @param memory null of workers of earlier releases
 */
record Heartbeat(
        @NotBlank(message = "must name the worker") @Size(max = 255,
                message = "must have at most 255 characters") String name,
        @NotNull @Size(max = 64) String version, @NotNull @Size(max = 100) List<@Valid @NotNull WorkerQueue> queues,
        @PositiveOrZero int inFlight,
        @NotNull @Size(max = Heartbeat.MAX_ATTEMPTS) List<@Valid @NotNull JobAttempt> attempts, boolean stopping,
        boolean stopped, @Valid @Nullable WorkerMemory memory) {

    static final int MAX_ATTEMPTS = 1000;

}
