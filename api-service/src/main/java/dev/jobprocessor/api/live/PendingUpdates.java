package dev.jobprocessor.api.live;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import dev.jobprocessor.api.jobs.JobView;

/**
 * Collects changes until they are sent, only the newest of each job, in whatever order
 * they arrive from several instances. Beyond {@value #CAPACITY} jobs further ones are
 * dropped: the next poll shows them.
 */
class PendingUpdates {

    static final int CAPACITY = 1000;

    /** What is taken at once, not counting the last. */
    static final int MAX_CHARACTERS = 512 * 1024;

    /** What a job has beside these, roughly. */
    private static final int FIELDS = 350;

    private final Map<String, Optional<JobView>> changes = new LinkedHashMap<>();

    private final Set<String> written = new LinkedHashSet<>();

    void changed(JobView job) {
        put(job.id(), Optional.of(job));
    }

    void deleted(String id) {
        put(id, Optional.empty());
    }

    /** Beyond as many jobs, whoever follows them finds it later. */
    synchronized void written(String id) {
        if (this.written.size() < CAPACITY) {
            this.written.add(id);
        }
    }

    JobUpdates take() {
        return take(MAX_CHARACTERS);
    }

    /**
     * Removes and returns the oldest changes, up to a size.
     * @param most characters, not counting the last change
     */
    synchronized JobUpdates take(int most) {
        List<JobView> jobs = new ArrayList<>();
        List<String> deleted = new ArrayList<>();
        int characters = 0;
        Iterator<Map.Entry<String, Optional<JobView>>> oldest = this.changes.entrySet().iterator();
        while (oldest.hasNext() && characters < most) {
            Map.Entry<String, Optional<JobView>> change = oldest.next();
            change.getValue().ifPresentOrElse(jobs::add, () -> deleted.add(change.getKey()));
            characters += change.getValue().map(PendingUpdates::characters).orElse(0);
            oldest.remove();
        }
        List<String> taken = List.copyOf(this.written);
        this.written.clear();
        return new JobUpdates(jobs, deleted, taken);
    }

    private synchronized void put(String id, Optional<JobView> job) {
        if (this.changes.size() < CAPACITY || this.changes.containsKey(id)) {
            this.changes.merge(id, job, PendingUpdates::newer);
        }
    }

    private static Optional<JobView> newer(Optional<JobView> known, Optional<JobView> update) {
        if (known.isEmpty() || update.isEmpty()) {
            return Optional.empty(); // a deleted job stays deleted
        }
        return (update.get().version() < known.get().version()) ? known : update;
    }

    private static int characters(JobView job) {
        return FIELDS + Objects.requireNonNullElse(job.request().prompt(), "").length()
                + Objects.requireNonNullElse(job.result(), "").length()
                + Objects.requireNonNullElse(job.error(), "").length()
                + ((job.tries() != null) ? job.tries().error().length() : 0);
    }

}
