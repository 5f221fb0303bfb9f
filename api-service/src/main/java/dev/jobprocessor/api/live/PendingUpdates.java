package dev.jobprocessor.api.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.jobprocessor.api.jobs.JobView;

/**
 * Collects changes until they are taken, of each job only the last. Beyond
 * {@value #CAPACITY} jobs further ones are dropped: updates are for show, and whoever
 * misses one sees it by the next poll.
 */
class PendingUpdates {

    static final int CAPACITY = 1000;

    private Map<String, Optional<JobView>> changes = new LinkedHashMap<>();

    void changed(JobView job) {
        put(job.id(), Optional.of(job));
    }

    void deleted(String id) {
        put(id, Optional.empty());
    }

    synchronized JobUpdates take() {
        List<JobView> jobs = new ArrayList<>();
        List<String> deleted = new ArrayList<>();
        this.changes.forEach((id, job) -> job.ifPresentOrElse(jobs::add, () -> deleted.add(id)));
        this.changes = new LinkedHashMap<>();
        return new JobUpdates(jobs, deleted);
    }

    private synchronized void put(String id, Optional<JobView> job) {
        if (this.changes.size() < CAPACITY || this.changes.containsKey(id)) {
            this.changes.put(id, job);
        }
    }

}
