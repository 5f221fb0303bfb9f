package dev.jobprocessor.api.live;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.jobprocessor.api.jobs.JobView;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that changed, in their last state, and those that were deleted.
 *
 * @param jobs as lists show them
 * @param deleted ids
 * @param written ids of those of which output was stored; dashboards get none
 */
record JobUpdates(List<JobView> jobs, List<String> deleted,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> written) {

    static final JobUpdates NONE = new JobUpdates(List.of(), List.of());

    @JsonCreator
    JobUpdates(List<JobView> jobs, List<String> deleted, @Nullable List<String> written) {
        this.jobs = jobs;
        this.deleted = deleted;
        this.written = (written != null) ? written : List.of();
    }

    JobUpdates(List<JobView> jobs, List<String> deleted) {
        this(jobs, deleted, List.of());
    }

    boolean isEmpty() {
        return this.jobs.isEmpty() && this.deleted.isEmpty() && this.written.isEmpty();
    }

}
