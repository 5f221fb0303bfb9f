package dev.jobprocessor.api.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The first page of all jobs, which every dashboard polls: read and serialised once for
 * all of them, and again after a change. A change that this instance was not told of,
 * such as while the broker is away, shows within {@link #MAX_AGE}.
 */
@Component
public class JobListSnapshot {

    static final Duration MAX_AGE = Duration.ofSeconds(1);

    private final JobList list;

    private final RenderedPage.Renderer renderer;

    private final Clock clock;

    private final AtomicLong changes = new AtomicLong();

    private final ReentrantLock loading = new ReentrantLock();

    private volatile @Nullable Snapshot snapshot;

    JobListSnapshot(JobList list, RenderedPage.Renderer renderer, Clock clock) {
        this.list = list;
        this.renderer = renderer;
        this.clock = clock;
    }

    /** Makes the next reader see what changed. */
    @EventListener({ JobChanged.class, JobDeleted.class })
    public void invalidate() {
        this.changes.incrementAndGet();
    }

    RenderedPage page() {
        Snapshot current = this.snapshot;
        if (current != null && isFresh(current)) {
            return current.page();
        }
        this.loading.lock();
        try {
            Snapshot loaded = this.snapshot;
            return (loaded != null && isFresh(loaded)) ? loaded.page() : load();
        }
        finally {
            this.loading.unlock();
        }
    }

    private RenderedPage load() {
        long seen = this.changes.get();
        Instant now = this.clock.instant();
        RenderedPage page = this.renderer.render(this.list.page(JobQuery.NEWEST));
        this.snapshot = new Snapshot(page, seen, now);
        return page;
    }

    private boolean isFresh(Snapshot snapshot) {
        return snapshot.changes() == this.changes.get()
                && this.clock.instant().isBefore(snapshot.loadedAt().plus(MAX_AGE));
    }

    private record Snapshot(RenderedPage page, long changes, Instant loadedAt) {
    }

}
