package dev.jobprocessor.api.jobs;

import java.time.Clock;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/**
 * Reports that are refused for their form or size. Each is recorded in the job's history;
 * a job that does not exist has none.
 */
@Component
public class RefusedReports {

    private static final Logger log = LoggerFactory.getLogger(RefusedReports.class);

    private final Jobs jobs;

    private final JobDocuments documents;

    private final Clock clock;

    RefusedReports(Jobs jobs, JobDocuments documents, Clock clock) {
        this.jobs = jobs;
        this.documents = documents;
        this.clock = clock;
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
        JobEvent refused = new JobEvent(JobEvent.Type.CALLBACK_REFUSED, this.clock.instant(), attempt,
                Prefix.of(reason, JobOutcome.MAX_ERROR_LENGTH));
        this.documents.updateFirst(Query.query(Criteria.where(JobFields.ID).is(job.id())), refused.added());
    }

}
