package dev.jobprocessor.api.dispatch;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.jobprocessor.api.jobs.JobUsage;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import org.springframework.data.annotation.Id;

/**
 * A message that no worker could handle.
 *
 * @param id the same for the same message
 * @param at when it arrived
 * @param reason why it was not handled
 * @param queue the broker's queue that it was in; null where the worker that gave it up
 * did not say
 * @param payload its text, the first {@value DeadLetters#MAX_PAYLOAD} characters
 * @param bytes how long it is
 * @param jobId null where it names none
 * @param finished what it reports of the attempt, where it is a parked callback with a
 * result; null also in lists
 */
@Schema(name = "DeadLetter")
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeadLetter(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Id String id,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Instant at,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String reason, @Nullable String queue,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String payload,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) int bytes, @Nullable String jobId,
        @Nullable Integer attempt, @JsonIgnore @Nullable Finished finished) {

    /**
     * A result that was parked: the work is done and, where a model did it, paid for.
     *
     * @param usage what a model used for it; null where that is unknown
     */
    record Finished(String result, @Nullable JobUsage usage) {
    }

}
