package dev.jobprocessor.api.dispatch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.DispatchTimes;
import dev.jobprocessor.api.jobs.JobDue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/**
 * Publishes what the fast path did not: jobs accepted while the broker was unavailable,
 * unconfirmed or unroutable messages, jobs of an instance that was killed, and scheduled
 * and deferred jobs when they are due. It runs at each interval, and when it knows that a
 * job is due before.
 */
@Component
class DispatchRelay implements SchedulingConfigurer {

    private static final Logger log = LoggerFactory.getLogger(DispatchRelay.class);

    /** Each costs as many commands of the database, however many jobs it has. */
    private static final int BATCH = 2000;

    /** The dispatcher publishes a batch or more in this time. */
    private static final Duration FULL_QUEUE_DELAY = Duration.ofMillis(20);

    private final Outbox outbox;

    private final JobDispatcher dispatcher;

    private final BrokerReadiness broker;

    private final EmptyQueues emptyQueues;

    private final BrokerAlarm alarm;

    private final DispatchSettings settings;

    private final DispatchTimes times;

    private final Clock clock;

    private final DispatchMetrics metrics;

    private Instant next = Instant.EPOCH;

    private final DatabaseErrors databaseErrors;

    DispatchRelay(Outbox outbox, JobDispatcher dispatcher, BrokerReadiness broker, EmptyQueues emptyQueues,
            BrokerAlarm alarm, DispatchSettings settings, DispatchTimes times, Clock clock, DispatchMetrics metrics,
            DatabaseErrors databaseErrors) {
        this.outbox = outbox;
        this.dispatcher = dispatcher;
        this.broker = broker;
        this.emptyQueues = emptyQueues;
        this.alarm = alarm;
        this.settings = settings;
        this.times = times;
        this.clock = clock;
        this.metrics = metrics;
        this.databaseErrors = databaseErrors;
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addTriggerTask(this::relay, (context) -> this.next);
    }

    void relay() {
        Instant latest = this.clock.instant().plus(this.settings.relayInterval());
        this.next = latest;
        try {
            Instant due = relayWhatIsDue();
            this.next = due.isBefore(latest) ? due : latest;
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("The outbox is read later", ex);
        }
    }

    /** Returns when there is more to publish. */
    private Instant relayWhatIsDue() {
        int capacity = capacity();
        while (capacity > 0) {
            Instant due = this.outbox.nextDue().orElse(Instant.MAX);
            if (due.isAfter(this.clock.instant())) {
                return due;
            }
            if (!this.broker.isReady()) {
                return Instant.MAX;
            }
            publish(lease(this.outbox.due(this.clock.instant(), capacity)));
            capacity = capacity();
        }
        return this.alarm.isRaised() ? Instant.MAX : this.clock.instant().plus(FULL_QUEUE_DELAY);
    }

    private int capacity() {
        return this.alarm.isRaised() ? 0 : Math.min(BATCH, this.dispatcher.freeCapacity());
    }

    private List<JobDue> lease(List<String> due) {
        Instant now = this.clock.instant();
        Instant until = this.times.relayFrom(now);
        return this.outbox.lease(due, now, until).stream().map((job) -> new JobDue(job, until)).toList();
    }

    /** Thousands may be due at the same time. */
    private void publish(List<JobDue> leased) {
        if (!leased.isEmpty()) {
            log.info("Jobs are published by the relay, {} that were scheduled or deferred, or that no broker confirmed",
                    leased.size());
        }
        leased.forEach((job) -> {
            this.metrics.relayed();
            this.dispatcher.dispatch(job);
        });
    }

    /** A broker that lost its messages must not strand a job. */
    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
    void redispatchUnstartedJobs() {
        try {
            long jobs = this.outbox.redispatchUnstarted(this.clock.instant().minus(this.settings.redispatchAfter()),
                    this.emptyQueues.emptyAgain());
            if (jobs > 0) {
                log.warn("{} jobs were not started within {} and their queue is empty: they are published again", jobs,
                        this.settings.redispatchAfter());
            }
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("Unstarted jobs are looked for later", ex);
        }
    }

}
