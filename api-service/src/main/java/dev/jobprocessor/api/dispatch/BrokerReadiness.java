package dev.jobprocessor.api.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.stereotype.Component;

/**
 * Whether jobs can be published: the broker is reachable and its queues are declared. A
 * job may be in the outbox because somebody deleted a binding.
 */
@Component
class BrokerReadiness {

    private static final Logger log = LoggerFactory.getLogger(BrokerReadiness.class);

    /** A declaration costs a round trip for each exchange, queue and binding. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    private final AmqpAdmin broker;

    private final InstantSource time;

    private Instant declareFrom = Instant.MIN;

    private boolean unavailable;

    BrokerReadiness(AmqpAdmin broker, InstantSource time) {
        this.broker = broker;
        this.time = time;
    }

    /** Declares everything anew, unless it did so within the last second. */
    boolean isReady() {
        if (!this.time.instant().isBefore(this.declareFrom)) {
            declare();
        }
        return !this.unavailable;
    }

    private void declare() {
        try {
            this.broker.initialize();
            if (this.unavailable) {
                log.info("The broker is available again: publishing the jobs that waited in the database");
            }
            this.unavailable = false;
            this.declareFrom = this.time.instant().plus(INTERVAL);
        }
        catch (AmqpException ex) {
            if (!this.unavailable) {
                log.warn("The broker is unreachable: accepted jobs wait in the database ({})", ex.getMessage());
            }
            this.unavailable = true;
        }
    }

}
