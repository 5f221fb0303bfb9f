package dev.jobprocessor.api.jobs;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What a model used for an attempt.
 *
 * @param model its name, 1 to 100 characters
 * @param inputTokens of the prompt, 0 to a billion
 * @param outputTokens of the answer, 0 to a billion
 */
public record JobUsage(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @NotNull(message = JobUsage.MODEL) @Size(min = 1,
                max = 100, message = JobUsage.MODEL) @Pattern(regexp = "[^\\p{C}]*",
                        message = "must have no control characters") @Nullable String model,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Min(value = 0, message = JobUsage.TOKENS) @Max(
                value = JobUsage.MAX_TOKENS, message = JobUsage.TOKENS) long inputTokens,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Min(value = 0, message = JobUsage.TOKENS) @Max(
                value = JobUsage.MAX_TOKENS, message = JobUsage.TOKENS) long outputTokens) {

    static final long MAX_TOKENS = 1_000_000_000;

    static final String TOKENS = "must be 0 to 1000000000";

    static final String MODEL = "must have 1 to 100 characters";

}
