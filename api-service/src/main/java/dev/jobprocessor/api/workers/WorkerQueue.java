package dev.jobprocessor.api.workers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import dev.jobprocessor.api.jobs.JobQueues;
import org.jspecify.annotations.Nullable;

/**
 * A queue that a worker serves.
 *
 * @param processor what works its jobs, such as {@code mock}
 * @param concurrency how many of its jobs are in flight at once
 * @param delegated whether a job runs on elsewhere once the worker has handed it over
 * @param limit null where its provider accepts calls, and of workers of earlier releases
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record WorkerQueue(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @NotNull @Pattern(regexp = JobQueues.NAME,
                message = "{job.queue.name}") String name,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @NotNull @Size(max = 64) String processor,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @PositiveOrZero int concurrency,
        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) boolean delegated,
        @Valid @Nullable ProviderLimit limit) {
}
