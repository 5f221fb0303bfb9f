package dev.jobprocessor.api.stats;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.jobprocessor.api.stats.JobStats.TimeToComplete;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What finished lately, and how long it took.
 *
 * @param slotSeconds how long a slot is
 * @param slots the oldest first, the current one last
 */
@Schema(name = "JobHistory")
record QueueHistory(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) long slotSeconds,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<Slot> slots) {

    /**
     * Jobs that finished in the time that begins then.
     *
     * @param waitTime seconds that jobs which started in it had waited; null where none
     * did
     * @param runTime seconds that jobs which completed in it had run; null where none did
     */
    @Schema(name = "JobHistorySlot")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Slot(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) Instant start,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) long completed,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) long failed, @Nullable TimeToComplete waitTime,
            @Nullable TimeToComplete runTime) {
    }

}
