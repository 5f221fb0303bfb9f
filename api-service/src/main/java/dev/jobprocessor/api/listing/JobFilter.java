package dev.jobprocessor.api.listing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.JobStatus;

import org.springframework.data.mongodb.core.query.Criteria;

/**
 * What jobs must be, beside their status and what they are searched by.
 *
 * @param scheduled whether only jobs that are held back until their {@code runAt}
 */
record JobFilter(boolean scheduled) {

    static final JobFilter ALL = new JobFilter(false);

    /** A retried job is due at once. Served by the index of {@code runAt}. */
    List<Criteria> criteria(Instant now) {
        List<Criteria> criteria = new ArrayList<>();
        if (this.scheduled) {
            criteria.add(Criteria.where(JobFields.RUN_AT).gt(now));
            criteria.add(Criteria.where(JobFields.STATUS).is(JobStatus.PENDING));
            criteria.add(Criteria.where(JobFields.ATTEMPT).is(1));
        }
        return criteria;
    }

}
