package dev.jobprocessor.api.dispatch;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code dispatch.*}.
 *
 * @param relayInterval how often due jobs are looked for at least, 10 ms or more, which
 * bounds how late a job is published that another instance scheduled or deferred
 * @param redispatchAfter how long a published job may wait for its start, while no
 * message waits in its queue, before the broker is taken to have lost its message and it
 * is published again, at least 1 s
 * @param queueCapacity how many jobs may wait in memory to be published; more wait in the
 * database alone
 */
@Validated
@ConfigurationProperties("dispatch")
record DispatchSettings(@DefaultValue("1s") @DurationMin(millis = 10) Duration relayInterval,
        @DefaultValue("6h") @DurationMin(seconds = 1) Duration redispatchAfter,
        @DefaultValue("5000") @Min(1) @Max(100_000) int queueCapacity) {
}
