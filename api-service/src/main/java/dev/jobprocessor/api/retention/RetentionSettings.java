package dev.jobprocessor.api.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.jobprocessor.api.jobs.JobStatus;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code jobs.retention.*}.
 *
 * @param completed how long COMPLETED and CANCELLED jobs are kept since they finished; 0
 * for ever
 * @param failed the same of FAILED jobs
 */
@Validated
@ConfigurationProperties("jobs.retention")
record RetentionSettings(@DefaultValue("90d") @DurationMin Duration completed,
        @DefaultValue("180d") @DurationMin Duration failed) {

    /** Which jobs are not kept: those that finished before; empty where all are. */
    Optional<Instant> keptSince(JobStatus status, Instant now) {
        Duration kept = switch (status) {
            case COMPLETED, CANCELLED -> this.completed;
            case FAILED -> this.failed;
            case PENDING -> Duration.ZERO;
        };
        return kept.isZero() ? Optional.empty() : Optional.of(now.minus(kept));
    }

}
