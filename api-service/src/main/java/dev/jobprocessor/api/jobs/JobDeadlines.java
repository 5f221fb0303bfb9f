package dev.jobprocessor.api.jobs;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Ends jobs that were started and never reported, so that none stays PENDING for ever.
 */
@Component
class JobDeadlines {

    private static final Logger log = LoggerFactory.getLogger(JobDeadlines.class);

    private static final int BATCH = 100;

    private final Jobs jobs;

    private final JobSettings settings;

    private final DatabaseErrors databaseErrors;

    JobDeadlines(Jobs jobs, JobSettings settings, DatabaseErrors databaseErrors) {
        this.jobs = jobs;
        this.settings = settings;
        this.databaseErrors = databaseErrors;
    }

    @Scheduled(fixedDelayString = "${jobs.deadline-check}")
    void giveUpOverdueJobs() {
        JobOutcome timedOut = JobOutcome.failed(JobFailure.TIMED_OUT,
                "The job timed out: it was started and not reported within %s.".formatted(minutes()));
        try {
            this.jobs.overdue(BATCH)
                .forEach((job) -> this.jobs.giveUp(job, timedOut)
                    .ifPresent((ended) -> log.warn("Job {} was started by {} and never reported: it ends FAILED",
                            ended.id(), ended.worker())));
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("Overdue jobs are looked for again later", ex);
        }
    }

    private String minutes() {
        return this.settings.deadline().toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }

}
