package dev.jobprocessor.api.audit;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.shutdown.LastWrite;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Stores many entries by one command, {@value #STORE_DELAY} ms after they came at the
 * latest; an instance that is killed in between loses them. While the database is
 * unavailable it keeps the first {@value #MAX_WAITING}, and the others are in the
 * service's log alone.
 */
@Component
class AuditLog implements LastWrite {

    /** In milliseconds. */
    static final int STORE_DELAY = 100;

    static final int MAX_WAITING = 10_000;

    private static final int BATCH = 500;

    private static final Logger log = LoggerFactory.getLogger(AuditLog.class);

    private final BlockingQueue<AuditEntry> waiting = new LinkedBlockingQueue<>(MAX_WAITING);

    /** What is being stored, or could not be. */
    private final List<AuditEntry> batch = new ArrayList<>(BATCH);

    private final AuditEntries entries;

    private final RefusalLimit refusals;

    private final Clock clock;

    private final DatabaseErrors databaseErrors;

    private final Counter lost;

    private final Counter failedWrites;

    AuditLog(AuditEntries entries, Clock clock, DatabaseErrors databaseErrors, AuditSettings settings,
            MeterRegistry registry) {
        this.entries = entries;
        this.refusals = new RefusalLimit(settings.refusals());
        this.clock = clock;
        this.databaseErrors = databaseErrors;
        this.lost = Counter.builder("audit.lost")
            .description("Entries that found too many others waiting for the database")
            .register(registry);
        this.failedWrites = Counter.builder("audit.writes.failed")
            .description("Writes to the database that failed and are repeated")
            .register(registry);
        Gauge.builder("audit.waiting", this.waiting, BlockingQueue::size)
            .description("Entries that wait for the database")
            .register(registry);
    }

    void add(AuditEntry entry) {
        if (this.refusals.pass(entry)) {
            offer(entry);
        }
    }

    private void offer(AuditEntry entry) {
        if (!this.waiting.offer(entry)) {
            this.lost.increment();
            log.warn("Not in the audit log, as {} entries wait for the database: {}", MAX_WAITING, entry);
        }
    }

    @Override
    public void stop() {
        this.refusals.end().ifPresent(this::offer);
        store();
    }

    /** Stores what waits; what is not stored is kept for the next time. */
    @Scheduled(fixedDelay = STORE_DELAY)
    synchronized void store() {
        this.refusals.endBefore(this.clock.instant()).ifPresent(this::offer);
        try {
            while (fillBatch()) {
                this.entries.insert(this.batch);
                this.batch.clear();
            }
        }
        catch (DataAccessException ex) {
            this.failedWrites.increment();
            this.databaseErrors.report("The audit log is written later", ex);
        }
    }

    private boolean fillBatch() {
        this.waiting.drainTo(this.batch, BATCH - this.batch.size());
        return !this.batch.isEmpty();
    }

}
