package dev.jobprocessor.api.jobs;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Ends jobs that were started and never reported, so that none stays PENDING for ever. An
 * instance that was itself stopped, or without database or broker, is no judge until the
 * reports that waited meanwhile had time to arrive.
 */
@Component
public class JobDeadlines {

    private static final Logger log = LoggerFactory.getLogger(JobDeadlines.class);

    private static final int BATCH = 100;

    private final Jobs jobs;

    private final JobSettings settings;

    private final DatabaseErrors databaseErrors;

    private final LongSupplier nanoTime;

    private long lastCheck;

    private volatile long lastOutage;

    @Autowired
    JobDeadlines(Jobs jobs, JobSettings settings, DatabaseErrors databaseErrors) {
        this(jobs, settings, databaseErrors, System::nanoTime);
    }

    /**
     * @param nanoTime never goes back, as a clock may
     */
    JobDeadlines(Jobs jobs, JobSettings settings, DatabaseErrors databaseErrors, LongSupplier nanoTime) {
        this.jobs = jobs;
        this.settings = settings;
        this.databaseErrors = databaseErrors;
        this.nanoTime = nanoTime;
        this.lastCheck = nanoTime.getAsLong();
        this.lastOutage = this.lastCheck;
    }

    /** Reports may not have been heard: deadlines wait for another grace period. */
    public void postpone() {
        this.lastOutage = this.nanoTime.getAsLong();
    }

    @Scheduled(fixedDelayString = "${jobs.deadline-check}")
    void giveUpOverdueJobs() {
        if (wasStopped()) {
            postpone();
        }
        try {
            if (isGraceOver()) {
                giveUp();
            }
        }
        catch (DataAccessException ex) {
            postpone();
            this.databaseErrors.report("Overdue jobs are looked for again later", ex);
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

    private void giveUp() {
        this.jobs.overdue(BATCH)
            .forEach((job) -> this.jobs.giveUp(job, timedOut(job))
                .ifPresent((ended) -> log.warn("Job {} was started by {} and never reported: it ends FAILED",
                        ended.id(), ended.worker())));
    }

    private JobOutcome timedOut(Job job) {
        String timeout = job.timeout(this.settings).toString().substring(2).toLowerCase(Locale.ROOT);
        return JobOutcome.failed(JobFailure.TIMED_OUT,
                "The job timed out: it was started and not reported within %s.".formatted(timeout));
    }

}
