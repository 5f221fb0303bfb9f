package dev.jobprocessor.api.listing;

import java.time.Duration;

import dev.jobprocessor.api.database.DatabaseSettings;
import dev.jobprocessor.api.database.SharedSnapshot;
import dev.jobprocessor.api.filters.JobQuery;
import dev.jobprocessor.api.jobs.JobChanged;
import dev.jobprocessor.api.jobs.JobDeleted;
import dev.jobprocessor.api.jobs.JobProgressed;
import dev.jobprocessor.api.jobs.JobsChangedElsewhere;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The first page of all jobs, which every dashboard polls: read and serialised once for
 * all of them, and again after a change. A change that this instance was not notified of,
 * such as while the broker is unavailable, shows within {@link #MAX_AGE}.
 */
@Component
class JobListSnapshot {

    static final Duration MAX_AGE = Duration.ofSeconds(1);

    private final SharedSnapshot<RenderedPage> snapshot;

    JobListSnapshot(JobList list, RenderedPage.Renderer renderer, DatabaseSettings database) {
        this.snapshot = new SharedSnapshot<>(() -> renderer.render(list.page(JobQuery.NEWEST)), MAX_AGE,
                database.callTimeout());
    }

    /** Makes the next reader see what changed. */
    @EventListener({ JobChanged.class, JobProgressed.class, JobDeleted.class, JobsChangedElsewhere.class })
    void invalidate() {
        this.snapshot.invalidate();
    }

    RenderedPage page() {
        return this.snapshot.get();
    }

}
