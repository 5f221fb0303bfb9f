package dev.jobprocessor.api.webhooks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.shutdown.LastWrite;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Stores what attempts came to, many by one command. Where an instance is killed before,
 * or the database is unavailable for longer than a lease lasts, the same is sent again.
 */
@Component
class DeliveryResults implements LastWrite {

    private static final int BATCH = 500;

    private final BlockingQueue<DeliveryResult> waiting = new LinkedBlockingQueue<>();

    private final List<DeliveryResult> batch = new ArrayList<>(BATCH);

    private final Deliveries deliveries;

    private final Receivers receivers;

    private final DeliveryMetrics metrics;

    private final DatabaseErrors databaseErrors;

    DeliveryResults(Deliveries deliveries, Receivers receivers, DeliveryMetrics metrics,
            DatabaseErrors databaseErrors) {
        this.deliveries = deliveries;
        this.receivers = receivers;
        this.metrics = metrics;
        this.databaseErrors = databaseErrors;
    }

    /** Those that wait are no more than what is leased. */
    void add(DeliveryResult result) {
        this.metrics.attempted(result);
        this.waiting.add(result);
    }

    @Override
    public void stop() {
        store();
    }

    @Scheduled(fixedDelay = 50)
    synchronized void store() {
        try {
            while (fillBatch()) {
                this.deliveries.store(this.batch);
                this.receivers.note(this.batch);
                this.batch.clear();
            }
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("Results of deliveries are stored later", ex);
        }
    }

    private boolean fillBatch() {
        this.waiting.drainTo(this.batch, BATCH - this.batch.size());
        return !this.batch.isEmpty();
    }

}
