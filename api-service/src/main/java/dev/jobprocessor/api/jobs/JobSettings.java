package dev.jobprocessor.api.jobs;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code jobs.*}.
 *
 * @param deadline how long after its start a job may stay unreported before it ends
 * FAILED, at least 1 s
 */
@Validated
@ConfigurationProperties("jobs")
record JobSettings(@DefaultValue("15m") @DurationMin(seconds = 1) Duration deadline) {
}
