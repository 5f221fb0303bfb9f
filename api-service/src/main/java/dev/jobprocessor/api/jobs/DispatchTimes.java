package dev.jobprocessor.api.jobs;

import java.time.Duration;
import java.time.Instant;

import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When a job becomes due for the relay.
 *
 * @param confirmTimeout how long the broker may take to confirm a job before the relay
 * publishes it again, at least 100 ms
 */
@Validated
@ConfigurationProperties("dispatch")
public record DispatchTimes(@DefaultValue("10s") @DurationMin(millis = 100) Duration confirmTimeout) {

    /** By when a relay leases jobs that are not due yet. */
    public Instant leaseBy(Instant now) {
        return now.plus(ahead());
    }

    /** When a relay leases a job that is due then: a fifth of the timeout before. */
    public Instant leaseFrom(Instant due) {
        return due.minus(ahead());
    }

    private Duration ahead() {
        return this.confirmTimeout.dividedBy(5);
    }

    /** When the relay publishes a job that is being published now. */
    public Instant relayFrom(Instant now) {
        return now.plus(this.confirmTimeout);
    }

}
