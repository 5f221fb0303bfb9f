package dev.jobprocessor.api.dispatch;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.DispatchTimes;
import dev.jobprocessor.api.jobs.JobDue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Publishes what the fast path did not: jobs accepted while the broker was unavailable,
 * unconfirmed or unroutable messages, jobs of an instance that was killed, and deferred
 * jobs when they are due.
 */
@Component
class DispatchRelay {

    private static final Logger log = LoggerFactory.getLogger(DispatchRelay.class);

    private static final int BATCH = 500;

    private final Outbox outbox;

    private final JobDispatcher dispatcher;

    private final AmqpAdmin broker;

    private final BrokerAlarm alarm;

    private final DispatchSettings settings;

    private final DispatchTimes times;

    private final Clock clock;

    private final DispatchMetrics metrics;

    private boolean brokerUnavailable;

    private final DatabaseErrors databaseErrors;

    DispatchRelay(Outbox outbox, JobDispatcher dispatcher, AmqpAdmin broker, BrokerAlarm alarm,
            DispatchSettings settings, DispatchTimes times, Clock clock, DispatchMetrics metrics,
            DatabaseErrors databaseErrors) {
        this.outbox = outbox;
        this.dispatcher = dispatcher;
        this.broker = broker;
        this.alarm = alarm;
        this.settings = settings;
        this.times = times;
        this.clock = clock;
        this.metrics = metrics;
        this.databaseErrors = databaseErrors;
    }

    @Scheduled(fixedDelayString = "${dispatch.relay-interval:1s}")
    void relay() {
        int capacity = capacity();
        while (capacity > 0 && relay(capacity) == capacity) {
            capacity = capacity();
        }
    }

    private int capacity() {
        return this.alarm.isRaised() ? 0 : Math.min(BATCH, this.dispatcher.freeCapacity());
    }

    /** Returns how many jobs were due, as far as there was capacity. */
    private int relay(int capacity) {
        Instant now = this.clock.instant();
        try {
            if (this.outbox.isAnyDue(now) && isBrokerReady()) {
                List<String> due = this.outbox.due(now, capacity);
                lease(due).forEach(this::publish);
                return due.size();
            }
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("The outbox is read later", ex);
        }
        return 0;
    }

    private List<JobDue> lease(List<String> due) {
        Instant now = this.clock.instant();
        Instant until = this.times.relayFrom(now);
        return this.outbox.lease(due, now, until).stream().map((job) -> new JobDue(job, until)).toList();
    }

    private void publish(JobDue leased) {
        log.info("Job {} is published by the relay: it was deferred, or no broker confirmed it", leased.job().id());
        this.metrics.relayed();
        this.dispatcher.dispatch(leased);
    }

    /** Declares the queues anew: a job may be here because somebody deleted a binding. */
    private boolean isBrokerReady() {
        try {
            this.broker.initialize();
            if (this.brokerUnavailable) {
                log.info("The broker is available again: publishing the jobs that waited in the database");
            }
            this.brokerUnavailable = false;
        }
        catch (AmqpException ex) {
            if (!this.brokerUnavailable) {
                log.warn("The broker is unreachable: accepted jobs wait in the database ({})", ex.getMessage());
            }
            this.brokerUnavailable = true;
        }
        return !this.brokerUnavailable;
    }

    /** A broker that lost its messages must not strand a job. */
    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
    void redispatchUnstartedJobs() {
        try {
            long jobs = this.outbox.redispatchUnstarted(this.clock.instant().minus(this.settings.redispatchAfter()));
            if (jobs > 0) {
                log.warn("{} jobs were not started within {}: they are published again", jobs,
                        this.settings.redispatchAfter());
            }
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("Unstarted jobs are looked for later", ex);
        }
    }

}
