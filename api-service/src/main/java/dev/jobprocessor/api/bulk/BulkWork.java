package dev.jobprocessor.api.bulk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.jobprocessor.api.database.DatabaseErrors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/**
 * Does what is requested, a batch at a time, and of several operations one after the
 * other. It rests after each batch for as long as that took, so that submissions do not
 * wait. What an instance that is killed has not recorded, another does once the lease has
 * expired.
 */
@Component
class BulkWork implements SchedulingConfigurer {

    static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(BulkWork.class);

    private final BulkOperations operations;

    private final BulkJobs jobs;

    private final DatabaseErrors databaseErrors;

    private final Clock clock;

    private Instant next = Instant.EPOCH;

    BulkWork(BulkOperations operations, BulkJobs jobs, DatabaseErrors databaseErrors, Clock clock) {
        this.operations = operations;
        this.jobs = jobs;
        this.databaseErrors = databaseErrors;
        this.clock = clock;
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addTriggerTask(this::work, (context) -> this.next);
    }

    void work() {
        Instant start = this.clock.instant();
        this.next = start.plus(INTERVAL);
        try {
            this.operations.lease(start).ifPresent((operation) -> work(operation, start));
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("An operation on many jobs goes on later", ex);
        }
    }

    private void work(BulkOperation operation, Instant start) {
        List<BulkJob> jobs = (operation.batch() != null) ? operation.batch() : this.jobs.next(operation);
        if (!this.operations.begin(operation, jobs)) {
            return;
        }
        BulkBatch batch = this.jobs.act(operation, jobs);
        Instant end = this.clock.instant();
        Duration rest = Duration.between(start, end);
        this.operations.record(operation, batch, end, rest);
        this.next = end.plus(rest);
        if (batch.isLast()) {
            log.info("The operation {} ({}) on {} jobs has finished", operation.id(), operation.action(),
                    operation.total());
        }
    }

}
