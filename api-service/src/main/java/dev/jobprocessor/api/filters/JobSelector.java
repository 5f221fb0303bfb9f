package dev.jobprocessor.api.filters;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;

import dev.jobprocessor.api.database.PageOrder;
import dev.jobprocessor.api.jobs.JobQueues;
import dev.jobprocessor.api.jobs.JobStatus;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that say which jobs are meant; {@link FilterParameters} has those of
 * which one can be used at a time.
 */
public record JobSelector(@Nullable Set<JobStatus> status,
        @Pattern(regexp = JobQueues.NAME, message = "{job.queue.name}") @Nullable String queue,
        @Size(max = JobQuery.MAX_TEXT_LENGTH) @Nullable String q,
        @Pattern(regexp = JobSelector.SCHEDULED, message = "must be scheduled") @Nullable String state,
        @Nullable String tag, @Nullable String worker, @Nullable String errorCode, @Nullable String failure,
        @Pattern(regexp = JobSelector.MALFORMED, message = "must be malformed") @Nullable String result,
        @Nullable Instant createdAfter, @Nullable Instant createdBefore) {

    public static final String SCHEDULED = "scheduled";

    public static final String MALFORMED = "malformed";

    /**
     * The first page, newest first.
     * @param submittedBy whose jobs alone; null for all
     * @throws NotIndexed if no index serves what is asked for
     */
    public JobQuery query(FilterParameters parameters, @Nullable String submittedBy) {
        JobFilter filter = new JobFilter(this.state != null, parameters.label(), named(this.worker),
                named(this.errorCode), named(this.failure), this.result != null, this.createdAfter, this.createdBefore);
        return new JobQuery(JobQuery.DEFAULT_LIMIT, Objects.requireNonNullElse(this.status, Set.of()), this.queue,
                this.q, filter, submittedBy, PageOrder.NEWEST, null);
    }

    private static @Nullable String named(@Nullable String value) {
        return (value == null || value.isBlank()) ? null : value;
    }

}
