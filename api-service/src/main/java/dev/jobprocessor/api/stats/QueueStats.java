package dev.jobprocessor.api.stats;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.jobprocessor.api.stats.JobStats.TimeToComplete;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What waits in a queue and what became of the last hour's jobs.
 *
 * @param waiting PENDING jobs that a worker may start now
 * @param scheduled PENDING jobs that are held back until their {@code runAt}
 * @param deferred PENDING jobs that a provider's limit or a retry policy holds back
 * @param running PENDING jobs that a worker has started
 * @param oldestWaiting since when the oldest of the waiting ones has waited
 * @param completed in the last hour
 * @param failed in the last hour
 * @param waitTime seconds that jobs waited which started in the last hour
 * @param runTime seconds that jobs ran which completed in the last hour
 * @param failures of the last hour by error code, the most first
 */
@Schema(name = "QueueStats")
@JsonInclude(JsonInclude.Include.NON_NULL)
record QueueStats(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) String queue,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) long waiting,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) long scheduled,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) long deferred,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) long running, @Nullable Instant oldestWaiting,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) long completed,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) long failed, @Nullable TimeToComplete waitTime,
        @Nullable TimeToComplete runTime,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<Failures> failures) {

    /** How many jobs failed for a reason. */
    @Schema(name = "QueueFailures")
    record Failures(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) String errorCode,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) long count) {
    }

}
