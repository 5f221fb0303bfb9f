package dev.jobprocessor.api.webhooks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobChanged;
import dev.jobprocessor.api.jobs.JobDeleted;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.jobs.JobWebhook;
import dev.jobprocessor.api.jobs.WebhookOutbox;
import dev.jobprocessor.api.shutdown.LastWrite;
import org.bson.types.ObjectId;

import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Makes deliveries of jobs that ended, many by one command, and has them sent at once
 * where there is room. The update that ends a job marks it: what this instance does not
 * store, as it is killed before or too much waits, each instance finds by that.
 */
@Component
class EndedJobs implements WebhookOutbox, LastWrite {

    private static final int MAX_WAITING = 2000;

    private static final int BATCH = 500;

    /** Until then, the instance that ended a job stores its delivery. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final BlockingQueue<EndedJob> waiting = new LinkedBlockingQueue<>(MAX_WAITING);

    private final DeliveryPayload payload;

    private final Deliveries deliveries;

    private final MarkedJobs marked;

    private final DeliveryThreads threads;

    private final DeliverySettings settings;

    private final DatabaseErrors databaseErrors;

    private final Clock clock;

    EndedJobs(DeliveryPayload payload, Deliveries deliveries, MarkedJobs marked, DeliveryThreads threads,
            DeliverySettings settings, DatabaseErrors databaseErrors, Clock clock) {
        this.payload = payload;
        this.deliveries = deliveries;
        this.marked = marked;
        this.threads = threads;
        this.settings = settings;
        this.databaseErrors = databaseErrors;
        this.clock = clock;
    }

    /** One that finds no room here is found by its mark. */
    @EventListener
    void changed(JobChanged change) {
        Job job = change.job();
        if (job.request().webhook() != null && job.status() != JobStatus.PENDING && change.before() != job.status()) {
            this.waiting.offer(ended(job));
        }
    }

    @EventListener
    void deleted(JobDeleted deletion) {
        if (deletion.hadWebhook()) {
            try {
                this.deliveries.deleteOfJobs(List.of(deletion.id()));
            }
            catch (DataAccessException ex) {
                this.databaseErrors.report("Deliveries of a deleted job are deleted later", ex);
            }
        }
    }

    @Override
    public void store(Job job) {
        store(List.of(ended(job)));
    }

    @Scheduled(fixedDelay = 20)
    void storeWaiting() {
        try {
            List<EndedJob> batch = new ArrayList<>();
            while (this.waiting.drainTo(batch, BATCH) > 0) {
                store(batch);
                batch.clear();
            }
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("Webhooks are called later", ex);
        }
    }

    @Scheduled(fixedDelayString = "PT2S")
    void storeMarked() {
        try {
            List<Job> found;
            do {
                found = this.marked.find(this.clock.instant().minus(GRACE));
                if (!found.isEmpty()) {
                    store(found.stream().map(this::ended).toList());
                }
            }
            while (found.size() == MarkedJobs.BATCH);
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("Ended jobs with webhooks are looked for later", ex);
        }
    }

    @Override
    public void stop() {
        storeWaiting();
    }

    /** Without its payload, which may be long, where the webhook does not want it. */
    private EndedJob ended(Job job) {
        JobWebhook webhook = Objects.requireNonNull(job.request().webhook());
        String type = JobWebhook.event(job.status());
        Optional<Delivery> delivery = webhook.wants(type) ? Optional.of(Delivery.of(job,
                Objects.requireNonNull(webhook.url()), type, this.payload.of(job, type), this.clock.instant()))
                : Optional.empty();
        return new EndedJob(job.id(), job.attempt(), job.status(), delivery);
    }

    private void store(List<EndedJob> jobs) {
        Instant until = this.clock.instant().plus(this.settings.lease());
        ObjectId lease = new ObjectId();
        List<Delivery> all = jobs.stream()
            .flatMap((job) -> job.delivery().stream())
            .map((delivery) -> (this.threads.room(delivery.host()) > 0) ? delivery.leased(lease, until) : delivery)
            .toList();
        List<Delivery> inserted = all.isEmpty() ? List.of() : this.deliveries.insert(all);
        this.marked.unmark(jobs);
        inserted.stream().filter((delivery) -> delivery.lease() != null).forEach(this.threads::send);
    }

}
