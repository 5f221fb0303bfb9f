package dev.jobprocessor.api.workers;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A worker as clients see it.
 *
 * @param inFlight how many jobs it runs
 * @param jobs ids of those of them that it has run for longest
 * @param memory null where it does not report it
 */
@Schema(name = "Worker")
@JsonInclude(JsonInclude.Include.NON_NULL)
record WorkerView(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) String name,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) WorkerState state,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String version,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<WorkerQueue> queues,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) int inFlight,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<String> jobs,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Instant lastHeartbeat, @Nullable WorkerMemory memory) {

    static WorkerView of(Worker worker, WorkerState state) {
        return new WorkerView(worker.name(), state, worker.version(), worker.queues(), worker.inFlight(), worker.jobs(),
                worker.lastHeartbeat(), worker.memory());
    }

}
