package dev.jobprocessor.api.jobs;

import java.time.Duration;

import jakarta.validation.Valid;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code jobs.*}.
 *
 * @param deadline how long after its start a job may stay unreported before it finishes
 * as FAILED, at least 1 s
 * @param deferralDeadline how long after its first deferral a job may be deferred before
 * it finishes as FAILED, unless it names its own {@code timeoutSeconds}; at least 1 s
 * @param deadlineCheck how often overdue jobs are looked for, at least 10 ms
 * @param deadlineGrace how long no job is timed out after an outage of this instance, the
 * database or the broker, so that delayed reports can arrive; 0 disables it
 * @param retry how jobs are retried that name no policy
 */
@Validated
@ConfigurationProperties("jobs")
record JobSettings(@DefaultValue("15m") @DurationMin(seconds = 1) Duration deadline,
        @DefaultValue("24h") @DurationMin(seconds = 1) Duration deferralDeadline,
        @DefaultValue("5s") @DurationMin(millis = 10) Duration deadlineCheck,
        @DefaultValue("1m") @DurationMin Duration deadlineGrace, @DefaultValue @Valid RetrySettings retry) {
}
