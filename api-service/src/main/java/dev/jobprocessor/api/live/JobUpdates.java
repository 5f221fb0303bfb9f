package dev.jobprocessor.api.live;

import java.util.List;

import dev.jobprocessor.api.jobs.JobView;

/**
 * Jobs that changed, in their last state, and those that were deleted.
 *
 * @param jobs as lists show them
 * @param deleted ids
 */
record JobUpdates(List<JobView> jobs, List<String> deleted) {

    boolean isEmpty() {
        return this.jobs.isEmpty() && this.deleted.isEmpty();
    }

}
