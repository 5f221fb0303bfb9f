package dev.jobprocessor.api.listing;

import java.util.Set;

import dev.jobprocessor.api.database.PageCursor;
import dev.jobprocessor.api.jobs.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs to list.
 *
 * @param limit from 1 to {@value #MAX_LIMIT}
 * @param statuses empty for all
 * @param queue null for all
 * @param text what {@link JobSearch} finds them by, which is nothing where it has no
 * word; blank as null for all
 * @param submittedBy null for all
 */
record JobQuery(int limit, Set<JobStatus> statuses, @Nullable String queue, @Nullable String text, JobFilter filter,
        @Nullable String submittedBy, @Nullable PageCursor after) {

    static final int DEFAULT_LIMIT = 100;

    static final int MAX_LIMIT = 500;

    static final int MAX_TEXT_LENGTH = 200;

    static final JobQuery NEWEST = new JobQuery(DEFAULT_LIMIT, Set.of(), null, null, JobFilter.ALL, null, null);

    JobQuery {
        text = (text == null || text.isBlank()) ? null : text;
    }

    JobQuery page(int limit, @Nullable PageCursor after) {
        return new JobQuery(limit, this.statuses, this.queue, this.text, this.filter, this.submittedBy, after);
    }

}
