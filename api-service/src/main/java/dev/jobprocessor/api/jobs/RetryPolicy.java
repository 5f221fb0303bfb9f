package dev.jobprocessor.api.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How often a job is tried, and how long it waits in between. What is absent is as
 * {@link RetrySettings} say.
 *
 * @param maxAttempts tries with the first one, 1 to 20; a user's retry counts anew
 * @param backoff {@code exponential}: a random delay up to {@code delaySeconds}, doubled
 * after each failure up to {@code maxDelaySeconds}; {@code fixed}: {@code delaySeconds}
 * @param delaySeconds 0 to 86,400
 * @param maxDelaySeconds {@code delaySeconds} to 86,400
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetryPolicy(
        @NotNull(message = "{job.retry.attempts}") @Min(value = 1, message = "{job.retry.attempts}") @Max(
                value = RetryPolicy.MAX_ATTEMPTS, message = "{job.retry.attempts}") @Nullable Integer maxAttempts,
        @Schema(allowableValues = {
                RetryPolicy.EXPONENTIAL, RetryPolicy.FIXED }) @Pattern(
                        regexp = RetryPolicy.EXPONENTIAL + "|" + RetryPolicy.FIXED,
                        message = "{job.retry.backoff}") @Nullable String backoff,
        @Min(value = 0, message = "{job.retry.delay}") @Max(value = RetryPolicy.MAX_DELAY_SECONDS,
                message = "{job.retry.delay}") @Nullable Integer delaySeconds,
        @Min(value = 0, message = "{job.retry.delay}") @Max(value = RetryPolicy.MAX_DELAY_SECONDS,
                message = "{job.retry.delay}") @Nullable Integer maxDelaySeconds){

    static final String EXPONENTIAL = "exponential";

    static final String FIXED = "fixed";

    static final int MAX_ATTEMPTS = 20;

    static final int MAX_DELAY_SECONDS = 86_400;

    @AssertTrue(message = "{job.retry.order}")
    boolean isMaxDelaySeconds() {
        return this.delaySeconds == null || this.maxDelaySeconds == null || this.delaySeconds <= this.maxDelaySeconds;
    }

}
