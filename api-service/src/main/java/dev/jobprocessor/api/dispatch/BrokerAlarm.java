package dev.jobprocessor.api.dispatch;

import java.time.Instant;
import java.time.InstantSource;

import dev.jobprocessor.api.jobs.DispatchTimes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionBlockedEvent;
import org.springframework.amqp.rabbit.connection.ConnectionUnblockedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Whether the broker blocks publishers: it has a memory or disk alarm and no longer reads
 * what they send. It counts as unavailable then, although connections to it are open.
 */
@Component
class BrokerAlarm {

    private static final Logger log = LoggerFactory.getLogger(BrokerAlarm.class);

    private final DispatchTimes times;

    private final InstantSource time;

    private volatile @Nullable Connection blocked;

    private volatile Instant unblocked = Instant.MIN;

    BrokerAlarm(DispatchTimes times, InstantSource time) {
        this.times = times;
        this.time = time;
    }

    @EventListener
    void blocked(ConnectionBlockedEvent event) {
        log.warn("The broker blocks publishers: accepted jobs wait in the database until its alarm ends ({})",
                event.getReason());
        this.blocked = event.getConnection();
    }

    @EventListener
    void unblocked(ConnectionUnblockedEvent event) {
        log.info("The broker's alarm ended: the jobs that waited in the database are published");
        this.unblocked = this.time.instant();
        this.blocked = null;
    }

    /**
     * Remains true for {@code dispatch.confirm-timeout} after the alarm: what was sent
     * before is confirmed now, and must not be published again.
     */
    boolean isRaised() {
        Connection connection = this.blocked;
        return (connection != null && connection.isOpen())
                || this.time.instant().isBefore(this.times.relayFrom(this.unblocked));
    }

}
