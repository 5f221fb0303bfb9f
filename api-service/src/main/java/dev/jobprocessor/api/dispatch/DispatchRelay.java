package dev.jobprocessor.api.dispatch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.dispatch.Outbox.DueJob;
import dev.jobprocessor.api.dispatch.Outbox.Lease;
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

    private final LeasedJobs leased;

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

    DispatchRelay(Outbox outbox, LeasedJobs leased, JobDispatcher dispatcher, BrokerReadiness broker,
            EmptyQueues emptyQueues, BrokerAlarm alarm, DispatchSettings settings, DispatchTimes times, Clock clock,
            DispatchMetrics metrics, DatabaseErrors databaseErrors) {
        this.outbox = outbox;
        this.leased = leased;
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

    /** Returns when there is more to lease or to publish. */
    private Instant relayWhatIsDue() {
        while (capacity() > 0) {
            Instant now = this.clock.instant();
            Instant due = this.leased.nextDue();
            Instant next = due.isAfter(now) ? earlier(due, nextLease()) : due;
            if (next.isAfter(now)) {
                return next;
            }
            if (!this.broker.isReady()) {
                return Instant.MAX;
            }
            if (due.isAfter(now)) {
                lease(now);
            }
            else {
                this.leased.takeDue(now, capacity()).forEach(this::publish);
            }
        }
        return this.alarm.isRaised() ? Instant.MAX : this.clock.instant().plus(FULL_QUEUE_DELAY);
    }

    private int capacity() {
        return this.alarm.isRaised() ? 0 : Math.min(BATCH, this.dispatcher.freeCapacity());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private Instant nextLease() {
        return (this.leased.freeCapacity() > 0) ? this.outbox.nextDue().map(this.times::leaseFrom).orElse(Instant.MAX)
                : Instant.MAX;
    }

    /** Before they are due: when thousands are, they are only read and published then. */
    private void lease(Instant now) {
        Instant end = this.times.leaseBy(now);
        List<DueJob> due = this.outbox.due(end, Math.min(BATCH, this.leased.freeCapacity()));
        this.leased.add(this.outbox.lease(due, end, this.times.relayFrom(end)), due);
    }

    private void publish(Lease lease, List<String> ids) {
        publish(this.outbox.leased(lease, ids, this.clock.instant())
            .stream()
            .map((job) -> new JobDue(job, lease.until()))
            .toList());
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
