package dev.jobprocessor.api.filters;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.jobprocessor.api.database.PageCursor;
import dev.jobprocessor.api.database.PageOrder;
import dev.jobprocessor.api.jobs.JobFields;
import dev.jobprocessor.api.jobs.JobQueues;
import dev.jobprocessor.api.jobs.JobStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/**
 * Which jobs to list, in which order.
 *
 * @param limit from 1 to {@value #MAX_LIMIT}
 * @param statuses empty for all
 * @param queue null for all
 * @param text what {@link JobSearch} finds them by, which is nothing where it has no
 * word; blank as null for all
 * @param submittedBy null for all
 */
public record JobQuery(int limit, Set<JobStatus> statuses, @Nullable String queue, @Nullable String text,
        JobFilter filter, @Nullable String submittedBy, PageOrder order, @Nullable PageCursor after) {

    public static final int DEFAULT_LIMIT = 100;

    public static final int MAX_LIMIT = 500;

    public static final int MAX_TEXT_LENGTH = 200;

    public static final JobQuery NEWEST = new JobQuery(DEFAULT_LIMIT, Set.of(), null, null, JobFilter.ALL, null,
            PageOrder.NEWEST, null);

    public JobQuery {
        text = (text == null || text.isBlank()) ? null : text;
    }

    public JobQuery page(int limit, @Nullable PageCursor after) {
        return new JobQuery(limit, this.statuses, this.queue, this.text, this.filter, this.submittedBy, this.order,
                after);
    }

    /** The same jobs in this order. */
    public JobQuery in(PageOrder order) {
        return new JobQuery(this.limit, this.statuses, this.queue, this.text, this.filter, this.submittedBy, order,
                this.after);
    }

    /** The same jobs, but none that was created at this time or later. */
    public JobQuery createdBefore(Instant time) {
        return new JobQuery(this.limit, this.statuses, this.queue, this.text, this.filter.createdBefore(time),
                this.submittedBy, this.order, this.after);
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
                this.submittedBy, this.order, this.after);
    }

    /** Whether it is a search for no word, which finds nothing. */
    public boolean findsNothing() {
        return this.text != null && JobSearch.criteria(this.text).isEmpty();
    }

    /** Of the jobs of this page and all that follow. */
    public Query ordered(Instant now) {
        Query query = new Query().with(this.order.by(JobFields.CREATED_AT));
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
            Criteria created = Criteria.where(JobFields.CREATED_AT);
            boolean newest = this.order == PageOrder.NEWEST;
            query.addCriteria(newest ? created.lte(this.after.time()) : created.gte(this.after.time()));
            all.add(newest ? this.after.older(JobFields.CREATED_AT) : this.after.newer(JobFields.CREATED_AT));
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
