package dev.jobprocessor.api.filters;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.jobprocessor.api.database.PageCursor;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.JobQueues;
import dev.jobprocessor.api.jobs.JobStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/**
 * Which jobs to list, newest first.
 *
 * @param limit from 1 to {@value #MAX_LIMIT}
 * @param statuses empty for all
 * @param queue null for all
 * @param text what {@link JobSearch} finds them by, which is nothing where it has no
 * word; blank as null for all
 * @param submittedBy null for all
 */
public record JobQuery(int limit, Set<JobStatus> statuses, @Nullable String queue, @Nullable String text,
        JobFilter filter, @Nullable String submittedBy, @Nullable PageCursor after) {

    private static final Sort NEWEST_FIRST = Sort.by(JobFields.CREATED_AT, JobFields.ID).descending();

    public static final int DEFAULT_LIMIT = 100;

    public static final int MAX_LIMIT = 500;

    public static final int MAX_TEXT_LENGTH = 200;

    public static final JobQuery NEWEST = new JobQuery(DEFAULT_LIMIT, Set.of(), null, null, JobFilter.ALL, null, null);

    public JobQuery {
        text = (text == null || text.isBlank()) ? null : text;
    }

    public JobQuery page(int limit, @Nullable PageCursor after) {
        return new JobQuery(limit, this.statuses, this.queue, this.text, this.filter, this.submittedBy, after);
    }

    /**
     * The same jobs, but none that was created at this time or later or has another
     * status.
     * @param allowed not empty
     */
    public JobQuery narrowed(Set<JobStatus> allowed, Instant createdBefore) {
        Set<JobStatus> statuses = EnumSet.copyOf(allowed);
        statuses.removeIf((status) -> !this.statuses.isEmpty() && !this.statuses.contains(status));
        return new JobQuery(this.limit, statuses, this.queue, this.text, this.filter.createdBefore(createdBefore),
                this.submittedBy, this.after);
    }

    /** Whether it is a search for no word, which finds nothing. */
    public boolean findsNothing() {
        return this.text != null && JobSearch.criteria(this.text).isEmpty();
    }

    /** Of the jobs of this page and all that follow. */
    public Query newestFirst(Instant now) {
        Query query = new Query().with(NEWEST_FIRST);
        if (this.submittedBy != null) {
            query.addCriteria(Criteria.where(JobFields.SUBMITTED_BY).is(this.submittedBy));
        }
        if (!indexedStatuses().isEmpty()) {
            query.addCriteria(Criteria.where(JobFields.STATUS).in(indexedStatuses()));
        }
        if (this.queue != null) {
            query.addCriteria(ofQueue(this.queue));
        }
        List<Criteria> all = new ArrayList<>((this.text != null) ? JobSearch.criteria(this.text) : List.of());
        all.addAll(this.filter.criteria(now));
        if (this.after != null) {
            query.addCriteria(Criteria.where(JobFields.CREATED_AT).lte(this.after.time()));
            all.add(this.after.older(JobFields.CREATED_AT));
        }
        if (!all.isEmpty()) {
            query.addCriteria(new Criteria().andOperator(all));
        }
        return query;
    }

    /** All of them where the index of submitters has the status before the time. */
    private Set<JobStatus> indexedStatuses() {
        return (this.statuses.isEmpty() && this.submittedBy != null) ? EnumSet.allOf(JobStatus.class) : this.statuses;
    }

    private static Criteria ofQueue(String queue) {
        return Criteria.where(JobFields.QUEUE).is(queue.equals(JobQueues.DEFAULT) ? null : queue);
    }

}
