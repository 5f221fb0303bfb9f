package dev.jobprocessor.api.submission;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.JobStatus;

import org.springframework.dao.DataAccessException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Bounds how many jobs of a submitter are PENDING, those that run included. They are
 * counted once when it submits first, and then every two seconds apart from its calls:
 * beyond the limit may be what others of its calls submit to other instances meanwhile.
 */
@Component
class PendingLimit {

    private static final long INTERVAL_MILLIS = 2000;

    private final Map<String, PendingCount> counts = new ConcurrentHashMap<>();

    private final int limit;

    private final MongoOperations mongo;

    private final DatabaseErrors errors;

    PendingLimit(SubmissionSettings settings, MongoOperations mongo, DatabaseErrors errors) {
        this.limit = settings.maxPending();
        this.mongo = mongo;
        this.errors = errors;
    }

    boolean take(String submitter, int jobs) {
        return this.limit == 0 || count(submitter).add(jobs, this.limit);
    }

    private PendingCount count(String submitter) {
        PendingCount known = this.counts.get(submitter);
        if (known != null) {
            return known;
        }
        PendingCount first = new PendingCount(read(submitter));
        return Objects.requireNonNullElse(this.counts.putIfAbsent(submitter, first), first);
    }

    void giveBack(String submitter, int jobs) {
        PendingCount count = this.counts.get(submitter);
        if (count != null) {
            count.giveBack(jobs);
        }
    }

    int limit() {
        return this.limit;
    }

    @Scheduled(fixedDelay = INTERVAL_MILLIS)
    void recount() {
        this.counts.values().removeIf((count) -> !count.isUsed());
        this.counts.forEach((submitter, count) -> {
            int before = count.added();
            count.recount(read(submitter), before);
        });
    }

    /** No more are counted than decide; none while the database is unavailable. */
    private int read(String submitter) {
        Query pending = Query
            .query(Criteria.where(JobFields.SUBMITTED_BY).is(submitter).and(JobFields.STATUS).is(JobStatus.PENDING))
            .limit(this.limit);
        try {
            return (int) this.mongo.count(pending, Job.class);
        }
        catch (DataAccessException ex) {
            this.errors.report("The jobs of a submitter are not counted", ex);
            return 0;
        }
    }

}
