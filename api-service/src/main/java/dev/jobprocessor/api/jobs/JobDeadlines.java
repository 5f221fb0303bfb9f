package dev.jobprocessor.api.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.LongSupplier;

import dev.jobprocessor.api.database.DatabaseErrors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Gives up jobs that were started and not reported, deferred for too long, or expired, so
 * that none stays PENDING forever. After an outage of this instance, the database or the
 * broker, it waits until delayed reports have had time to arrive.
 */
@Component
public class JobDeadlines {

    private static final Logger log = LoggerFactory.getLogger(JobDeadlines.class);

    private static final int BATCH = 100;

    private final Jobs jobs;

    private final JobSettings settings;

    private final DatabaseErrors databaseErrors;

    private final Clock clock;

    private final LongSupplier nanoTime;

    private long lastCheck;

    private volatile long lastOutage;

    @Autowired
    JobDeadlines(Jobs jobs, JobSettings settings, DatabaseErrors databaseErrors, Clock clock) {
        this(jobs, settings, databaseErrors, clock, System::nanoTime);
    }

    /**
     * @param nanoTime monotonic, unlike a clock
     */
    JobDeadlines(Jobs jobs, JobSettings settings, DatabaseErrors databaseErrors, Clock clock, LongSupplier nanoTime) {
        this.jobs = jobs;
        this.settings = settings;
        this.databaseErrors = databaseErrors;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.lastCheck = nanoTime.getAsLong();
        this.lastOutage = this.lastCheck;
    }

    /** Reports may be delayed: deadlines wait for another grace period. */
    public void postpone() {
        this.lastOutage = this.nanoTime.getAsLong();
    }

    @Scheduled(fixedDelayString = "${jobs.deadline-check}")
    void timeOutOverdueJobs() {
        if (wasStopped()) {
            postpone();
        }
        try {
            if (isGraceOver()) {
                timeOutAll();
            }
        }
        catch (DataAccessException ex) {
            postpone();
            this.databaseErrors.report("Overdue jobs are looked for later", ex);
        }
        this.lastCheck = this.nanoTime.getAsLong();
    }

    private boolean wasStopped() {
        return since(this.lastCheck).compareTo(this.settings.deadlineCheck().plus(this.settings.deadlineCheck())) > 0;
    }

    private boolean isGraceOver() {
        return since(this.lastOutage).compareTo(this.settings.deadlineGrace()) >= 0;
    }

    private Duration since(long time) {
        return Duration.ofNanos(this.nanoTime.getAsLong() - time);
    }

    private void timeOutAll() {
        List<Job> overdue;
        do {
            overdue = this.jobs.overdue(BATCH);
            overdue.forEach(this::timeOut);
        }
        while (overdue.size() == BATCH);
    }

    private void timeOut(Job job) {
        JobOutcome outcome = outcome(job);
        this.jobs.timeOut(job, outcome)
            .ifPresent((changed) -> log.warn("Attempt {} of job {} is given up, which is {} now, worker {}: {}",
                    job.attempt(), job.id(), changed.status(), job.worker(), outcome.error()));
    }

    private JobOutcome outcome(Job job) {
        if (job.startedAt() != null) {
            return timedOut(job);
        }
        return job.isExpired(this.clock.instant()) ? expired(job) : deferredTooLong(job);
    }

    private JobOutcome timedOut(Job job) {
        return JobOutcome.failed(JobFailure.TIMED_OUT, "The job timed out: it was started and not reported within %s."
            .formatted(text(job.timeout(this.settings))));
    }

    private static JobOutcome expired(Job job) {
        return JobOutcome.failed(JobFailure.EXPIRED,
                "The job expired: no worker started it until %s.".formatted(job.startBy()));
    }

    private JobOutcome deferredTooLong(Job job) {
        Instant now = this.clock.instant();
        Duration deferred = Duration.between(Objects.requireNonNullElse(job.deferredSince(), now), now);
        return JobOutcome.failed(JobFailure.DEFERRED_TOO_LONG, "The job was deferred for %s and is given up: %s"
            .formatted(text(deferred.truncatedTo(ChronoUnit.SECONDS)), job.deferralReason()));
    }

    private static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }

}
