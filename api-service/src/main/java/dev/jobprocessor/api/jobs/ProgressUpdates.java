package dev.jobprocessor.api.jobs;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Publishes the progress of jobs: of each at most once in 250 ms, and always the latest,
 * however often it is reported.
 */
@Component
class ProgressUpdates {

    private final ConcurrentMap<String, Job> latest = new ConcurrentHashMap<>();

    private final ApplicationEventPublisher events;

    ProgressUpdates(ApplicationEventPublisher events) {
        this.events = events;
    }

    void add(Job job) {
        this.latest.merge(job.id(), job, (known, update) -> (update.version() > known.version()) ? update : known);
    }

    @Scheduled(fixedDelay = 250)
    void publish() {
        for (String id : this.latest.keySet()) {
            Job job = this.latest.remove(id);
            if (job != null) {
                this.events.publishEvent(new JobProgressed(job));
            }
        }
    }

}
