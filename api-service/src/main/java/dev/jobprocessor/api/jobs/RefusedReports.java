package dev.jobprocessor.api.jobs;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Reports that are refused for their form or size. Each is recorded in the job's history,
 * up to {@value JobEvent#MAX_REFUSED_REPORTS} of an attempt; a job that does not exist
 * has none.
 */
@Component
public class RefusedReports {

    private static final Logger log = LoggerFactory.getLogger(RefusedReports.class);

    private final Jobs jobs;

    RefusedReports(Jobs jobs) {
        this.jobs = jobs;
    }

    /**
     * Records a report that can still be corrected.
     * @param attempt null for whichever attempt is current
     */
    public void record(String id, @Nullable Integer attempt, String reason) {
        this.jobs.find(id).ifPresent((job) -> record(job, Objects.requireNonNullElse(attempt, job.attempt()), reason));
    }

    /**
     * Records a report that can never be accepted, and marks its attempt FAILED unless it
     * has finished or is not the current one. A result of the same attempt that is
     * accepted later still completes it.
     * @param attempt null for whichever attempt is current
     */
    public void fail(String id, @Nullable Integer attempt, String reason) {
        this.jobs.find(id).ifPresent((job) -> {
            int reported = Objects.requireNonNullElse(attempt, job.attempt());
            record(job, reported, reason);
            this.jobs
                .finishOpen(id, reported,
                        JobOutcome.failed(JobFailure.REPORT_REFUSED, "The report was refused: " + reason))
                .ifPresent((failed) -> log.warn("Attempt {} of job {} finishes as FAILED, its report was refused: {}",
                        reported, id, reason));
        });
    }

    private void record(Job job, int attempt, String reason) {
        this.jobs.recordRefused(job.id(), attempt, Prefix.of(reason, JobOutcome.MAX_ERROR_LENGTH));
    }

}
