package dev.jobprocessor.api.jobs;

import java.time.Duration;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code jobs.retry.*}: the {@link RetryPolicy} of jobs that name none, and what
 * is absent in one that they name.
 *
 * @param maxAttempts tries with the first one, 1 to 20
 * @param backoff {@code exponential} or {@code fixed}
 * @param delay 0 to 1 day
 * @param maxDelay {@code delay} to 1 day
 */
record RetrySettings(@DefaultValue("1") @Min(1) @Max(RetryPolicy.MAX_ATTEMPTS) int maxAttempts,
        @DefaultValue(RetryPolicy.EXPONENTIAL) @Pattern(
                regexp = RetryPolicy.EXPONENTIAL + "|" + RetryPolicy.FIXED) String backoff,
        @DefaultValue("10s") @DurationMin @DurationMax(days = 1) Duration delay,
        @DefaultValue("10m") @DurationMin @DurationMax(days = 1) Duration maxDelay) {

    @AssertTrue(message = "must not be less than the delay")
    boolean isMaxDelay() {
        return this.delay.compareTo(this.maxDelay) <= 0;
    }

    /** Whether jobs are retried that name no policy. */
    boolean isRetried() {
        return this.maxAttempts > 1;
    }

}
