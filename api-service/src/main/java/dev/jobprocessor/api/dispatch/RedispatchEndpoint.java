package dev.jobprocessor.api.dispatch;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.stereotype.Component;

/**
 * An operator's command for a broker that lost its messages: publishes again every job
 * that was published and is unfinished. A job that is still running then runs twice and
 * completes once.
 */
@Component
@Endpoint(id = "redispatch")
class RedispatchEndpoint {

    private static final Logger log = LoggerFactory.getLogger(RedispatchEndpoint.class);

    private final Outbox outbox;

    private final Clock clock;

    RedispatchEndpoint(Outbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * @param createdBefore ISO-8601; by default now
     */
    @WriteOperation
    Redispatched redispatch(@Nullable Instant createdBefore) {
        Instant now = this.clock.instant();
        long jobs = this.outbox.redispatch(Objects.requireNonNullElse(createdBefore, now), now);
        log.info("Publishing {} published, unfinished jobs again by command", jobs);
        return new Redispatched(jobs);
    }

    record Redispatched(long jobs) {
    }

}
