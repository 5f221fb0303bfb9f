package dev.jobprocessor.api.filters;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.JobRequest;
import dev.jobprocessor.api.jobs.JobStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.data.mongodb.core.query.Criteria;

/**
 * What jobs must be, beside their status and what they are searched by. The times are
 * served by the indexes that end with {@code createdAt}, each of the others by an index
 * of its own.
 *
 * @param scheduled whether only jobs that are held back until their {@code runAt}
 * @param label which of the labels of tags and metadata a job must have
 * @param worker which started the current attempt
 * @param failure what failures have in common that a group of them is about
 * @param malformed whether only jobs whose result holds no JSON
 * @param createdAfter itself not included
 * @param createdBefore itself not included
 */
public record JobFilter(boolean scheduled, @Nullable String label, @Nullable String worker, @Nullable String errorCode,
        @Nullable String failure, boolean malformed, @Nullable Instant createdAfter, @Nullable Instant createdBefore) {

    public static final JobFilter ALL = new JobFilter(false, null, null, null, null, false, null, null);

    public JobFilter {
        createdAfter = (createdAfter != null) ? JobRequest.storable(createdAfter) : null;
        createdBefore = (createdBefore != null) ? JobRequest.storable(createdBefore) : null;
    }

    /** The same jobs, but none that was created at this time or later. */
    JobFilter createdBefore(Instant time) {
        return (this.createdBefore != null && this.createdBefore.isBefore(time)) ? this : new JobFilter(this.scheduled,
                this.label, this.worker, this.errorCode, this.failure, this.malformed, this.createdAfter, time);
    }

    /** All must be met. */
    List<Criteria> criteria(Instant now) {
        List<Criteria> criteria = new ArrayList<>();
        if (this.scheduled) {
            criteria.addAll(heldBack(now));
        }
        addIfNamed(criteria, JobFields.LABELS, this.label);
        addIfNamed(criteria, JobFields.WORKER, this.worker);
        addIfNamed(criteria, JobFields.ERROR_CODE, this.errorCode);
        addIfNamed(criteria, JobFields.FAILURE, this.failure);
        if (this.malformed) {
            criteria.add(Criteria.where(JobFields.MALFORMED_RESULT).is(true));
        }
        if (this.createdAfter != null) {
            criteria.add(Criteria.where(JobFields.CREATED_AT).gt(this.createdAfter));
        }
        if (this.createdBefore != null) {
            criteria.add(Criteria.where(JobFields.CREATED_AT).lt(this.createdBefore));
        }
        return criteria;
    }

    /** A retried job is due at once. */
    private static List<Criteria> heldBack(Instant now) {
        return List.of(Criteria.where(JobFields.RUN_AT).gt(now), Criteria.where(JobFields.STATUS).is(JobStatus.PENDING),
                Criteria.where(JobFields.ATTEMPT).is(1));
    }

    private static void addIfNamed(List<Criteria> criteria, String field, @Nullable String value) {
        if (value != null) {
            criteria.add(Criteria.where(field).is(value));
        }
    }

}
