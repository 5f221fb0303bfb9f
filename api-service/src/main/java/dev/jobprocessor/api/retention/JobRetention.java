package dev.jobprocessor.api.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.JobDeleted;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.JobStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/**
 * Deletes jobs that finished longer ago than they are kept, on one instance at a time, in
 * batches so small that no submission waits long for one. It rests after each for four
 * times as long as that took, a minute at most, however much there is to delete.
 */
@Component
class JobRetention implements SchedulingConfigurer {

    static final int BATCH = 25;

    private static final int RESTS = 4;

    static final Duration INTERVAL = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(JobRetention.class);

    private final FinishedJobs jobs;

    private final RetentionLease lease;

    private final RetentionSettings settings;

    private final ApplicationEventPublisher events;

    private final DatabaseErrors databaseErrors;

    private final Clock clock;

    private final MeterRegistry registry;

    /** The last that was looked at of each status of which there are more. */
    private final Map<JobStatus, Document> last = new EnumMap<>(JobStatus.class);

    private Instant next = Instant.EPOCH;

    /** How far behind this sweep found the deletion to be. */
    private Duration found = Duration.ZERO;

    private volatile Duration behind = Duration.ZERO;

    JobRetention(FinishedJobs jobs, RetentionLease lease, RetentionSettings settings, ApplicationEventPublisher events,
            DatabaseErrors databaseErrors, Clock clock, MeterRegistry registry) {
        this.jobs = jobs;
        this.lease = lease;
        this.settings = settings;
        this.events = events;
        this.databaseErrors = databaseErrors;
        this.clock = clock;
        this.registry = registry;
        JobStatus.deletable().forEach(this::deleted);
        Gauge.builder("jobs.retention.behind", this, (retention) -> retention.behind.toMillis() / 1000.0)
            .description("How long ago the oldest job that is not kept should have been deleted")
            .baseUnit("seconds")
            .register(registry);
    }

    private Counter deleted(JobStatus status) {
        return Counter.builder("jobs.retention.deleted")
            .description("Jobs that were deleted because they had finished longer ago than they are kept")
            .tag("status", status.name())
            .register(this.registry);
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addTriggerTask(this::sweep, (context) -> this.next);
    }

    void sweep() {
        Instant start = this.clock.instant();
        this.next = start.plus(INTERVAL);
        this.found = Duration.ZERO;
        try {
            if (this.lease.take(start) && deleteBatches(start)) {
                Instant end = this.clock.instant();
                Duration rest = Duration.between(start, end).multipliedBy(RESTS);
                this.next = end.plus((rest.compareTo(INTERVAL) < 0) ? rest : INTERVAL);
            }
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("Jobs that are not kept are deleted later", ex);
        }
        this.behind = this.found;
    }

    /** Returns whether there are more. */
    private boolean deleteBatches(Instant now) {
        boolean more = false;
        for (JobStatus status : JobStatus.deletable()) {
            more |= this.settings.keptSince(status, now).filter((before) -> deleteBatch(status, before)).isPresent();
        }
        return more;
    }

    /** Begins where the last batch ended; anew once there are no more. */
    private boolean deleteBatch(JobStatus status, Instant before) {
        List<Document> old = this.jobs.find(status, before, this.last.remove(status), BATCH);
        if (!old.isEmpty()) {
            note(Duration.between(old.getFirst().getDate(JobFields.COMPLETED_AT).toInstant(), before));
            delete(old, status, before);
        }
        if (old.size() < BATCH) {
            return false;
        }
        this.last.put(status, old.getLast());
        return true;
    }

    private void delete(List<Document> old, JobStatus status, Instant before) {
        Set<String> deleted = this.jobs.delete(old, status, before);
        old.stream()
            .map((job) -> new JobDeleted(job.getObjectId(JobFields.ID).toHexString(), status,
                    job.containsKey(JobFields.WEBHOOK)))
            .filter((deletion) -> deleted.contains(deletion.id()))
            .forEach(this.events::publishEvent);
        deleted(status).increment(deleted.size());
        log.debug("{} jobs are deleted that were {} before {}", deleted.size(), status, before);
    }

    private void note(Duration behind) {
        this.found = (behind.compareTo(this.found) > 0) ? behind : this.found;
    }

}
