package dev.jobprocessor.api.dispatch;

import java.util.concurrent.TimeUnit;

import dev.jobprocessor.api.database.DatabaseErrors;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How many dead letters wait for an operator, read on a schedule so that no scrape waits
 * for the database. NaN while it is unavailable.
 */
@Component
class DeadLetterGauge {

    private final DeadLetters letters;

    private final DatabaseErrors databaseErrors;

    private volatile double kept = Double.NaN;

    DeadLetterGauge(DeadLetters letters, DatabaseErrors databaseErrors, MeterRegistry registry) {
        this.letters = letters;
        this.databaseErrors = databaseErrors;
        Gauge.builder("jobs.dead.letters", this, (gauge) -> gauge.kept)
            .description("Messages that no worker could handle, until they are requeued or discarded")
            .register(registry);
    }

    @Scheduled(fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void read() {
        try {
            this.kept = this.letters.count();
        }
        catch (DataAccessException ex) {
            this.databaseErrors.report("The number of dead letters is unknown", ex);
            this.kept = Double.NaN;
        }
    }

}
