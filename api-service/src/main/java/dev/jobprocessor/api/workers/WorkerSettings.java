package dev.jobprocessor.api.workers;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code workers.*}.
 *
 * @param lostAfter how long a worker may be silent before others take over the jobs that
 * it has claimed, at least 1 s; it reports every 10 s
 * @param keptFor how long a silent worker is listed, at least 1 s
 */
@Validated
@ConfigurationProperties("workers")
record WorkerSettings(@DefaultValue("30s") @DurationMin(seconds = 1) Duration lostAfter,
        @DefaultValue("15m") @DurationMin(seconds = 1) Duration keptFor) {
}
