package dev.jobprocessor.api.dispatch;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.dispatch.Outbox.SentJob;
import dev.jobprocessor.api.shutdown.LastWrite;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Collects the broker's confirms, so that many are marked in the database by one update.
 */
@Component
class ConfirmedJobs implements LastWrite {

    private static final int BATCH = 1000;

    private final Outbox outbox;

    private final Clock clock;

    private final ConcurrentLinkedQueue<SentJob> confirmed = new ConcurrentLinkedQueue<>();

    private final DatabaseErrors databaseErrors;

    ConfirmedJobs(Outbox outbox, Clock clock, DatabaseErrors databaseErrors) {
        this.outbox = outbox;
        this.clock = clock;
        this.databaseErrors = databaseErrors;
    }

    void add(SentJob job) {
        this.confirmed.add(job);
    }

    @Override
    public void stop() {
        mark();
    }

    @Scheduled(fixedDelay = 50)
    void mark() {
        List<SentJob> batch = next();
        while (!batch.isEmpty() && mark(batch)) {
            batch = next();
        }
    }

    private List<SentJob> next() {
        List<SentJob> batch = new ArrayList<>();
        SentJob job;
        while (batch.size() < BATCH && (job = this.confirmed.poll()) != null) {
            batch.add(job);
        }
        return batch;
    }

    private boolean mark(List<SentJob> batch) {
        try {
            this.outbox.markSent(batch, this.clock.instant());
            return true;
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report(batch.size() + " published jobs are marked later", ex);
            this.confirmed.addAll(batch);
            return false;
        }
    }

}
