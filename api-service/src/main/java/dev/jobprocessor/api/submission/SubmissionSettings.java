package dev.jobprocessor.api.submission;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code jobs.submissions.*}.
 *
 * @param maxWaiting how many calls may wait until they are stored, further ones get 503
 * @param maxWaitingBytes how large they may be together
 * @param perMinute how many jobs each submitter may submit a minute, on all instances
 * together; 0 for any number
 * @param maxPending how many PENDING jobs each may have; 0 for any number
 */
@Validated
@ConfigurationProperties("jobs.submissions")
record SubmissionSettings(@DefaultValue("2000") @Min(1) @Max(100_000) int maxWaiting,
        @DefaultValue("32MB") DataSize maxWaitingBytes, @DefaultValue("0") @Min(0) @Max(1_000_000) int perMinute,
        @DefaultValue("0") @Min(0) @Max(1_000_000) int maxPending) {
}
