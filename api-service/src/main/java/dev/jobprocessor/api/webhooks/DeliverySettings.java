package dev.jobprocessor.api.webhooks;

import java.time.Duration;
import java.util.List;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code deliveries.*}.
 *
 * @param retryDelays how long after a failed attempt the next one follows, up to a fifth
 * longer; as many as attempts may follow the first, at most 20
 * @param timeout how long an attempt may take as a whole, 100 ms to 1 min
 * @param maxPerHost how many run at once to one host, for each instance, 1 to 100
 * @param maxConcurrency how many run at once to all hosts, for each instance, each on a
 * thread, 1 to 1,000
 * @param disableAfter for how long a receiver may fail before nothing is sent to it any
 * more
 * @param secretOverlap how long a secret still signs after a newer one was made
 * @param encryptionKey what stored secrets are encrypted with, the same for all
 * instances; empty where they are not
 */
@Validated
@ConfigurationProperties("deliveries")
record DeliverySettings(@DefaultValue( {
        "5s", "5m", "30m", "2h", "5h", "10h", "10h" }) @Size(max = 20) List<@DurationMin Duration> retryDelays,
        @DefaultValue("15s") @DurationMin(millis = 100) @DurationMax(minutes = 1) Duration timeout,
        @DefaultValue("8") @Min(1) @Max(100) int maxPerHost, @DefaultValue("256") @Min(1) @Max(1000) int maxConcurrency,
        @DefaultValue("5d") @DurationMin Duration disableAfter,
        @DefaultValue("24h") @DurationMin Duration secretOverlap, @DefaultValue("") String encryptionKey){

    private static final int LEASE_TIMEOUTS = 4;

    /** How long other instances leave a delivery to the one that sends it. */
    Duration lease() {
        return this.timeout.multipliedBy(LEASE_TIMEOUTS);
    }

    @Override
    public String toString() {
        return "DeliverySettings[encryptionKey=***]";
    }

}
