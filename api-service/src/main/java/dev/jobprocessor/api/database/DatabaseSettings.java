package dev.jobprocessor.api.database;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code database.*}.
 *
 * @param callTimeout how long a call waits for the database before it fails with 503, at
 * least 100 ms. An election of MongoDB takes up to 12 s: a client that prefers to wait
 * for it needs a longer timeout
 */
@Validated
@ConfigurationProperties("database")
public record DatabaseSettings(@DefaultValue("2s") @DurationMin(millis = 100) Duration callTimeout) {
}
