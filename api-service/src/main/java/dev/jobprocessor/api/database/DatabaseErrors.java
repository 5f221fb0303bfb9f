package dev.jobprocessor.api.database;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;

/**
 * Tells an unavailable database, which is asked again later, from every other error: that
 * one is a defect, a missing right or damaged data, and passes for nobody who waits. It
 * is counted, and an alert follows.
 */
@Component
public class DatabaseErrors {

    private static final Logger log = LoggerFactory.getLogger(DatabaseErrors.class);

    /**
     * What the specification of retryable reads and writes lists, beside MaxTimeMSExpired
     * (50), WriteConcernTimeout (64), UnsatisfiableWriteConcern (100) and WriteConflict
     * (112).
     */
    private static final Set<Integer> TRANSIENT_CODES = Set.of(6, 7, 50, 64, 89, 91, 100, 112, 134, 189, 262, 9001,
            10107, 11600, 11602, 13435, 13436);

    private static final Set<Class<? extends Throwable>> TRANSIENT_TYPES = Set.of(TransientDataAccessException.class,
            DataAccessResourceFailureException.class, MongoSocketException.class, MongoTimeoutException.class,
            MongoExecutionTimeoutException.class, MongoConnectionPoolClearedException.class,
            MongoServerUnavailableException.class, MongoInterruptedException.class);

    private static final Duration WARNING_INTERVAL = Duration.ofSeconds(10);

    private final RareWarning warning = new RareWarning(WARNING_INTERVAL, System::nanoTime);

    private final Counter unexpected;

    public DatabaseErrors(MeterRegistry registry) {
        this.unexpected = Counter.builder("database.errors")
            .description("Database operations that failed while the database was available")
            .register(registry);
    }

    /** Whether the same operation may succeed later. */
    public static boolean isUnavailable(DataAccessException ex) {
        return Stream.<Throwable>iterate(ex, (cause) -> cause != null, Throwable::getCause)
            .limit(20)
            .anyMatch(DatabaseErrors::isTransient);
    }

    /**
     * Logs the failure with its cause, and counts it unless the database is unavailable:
     * then one failure in ten seconds is logged for all.
     * @param consequence what the failure means, as a sentence without full stop
     */
    public void report(String consequence, DataAccessException ex) {
        if (isUnavailable(ex)) {
            this.warning.pass()
                .ifPresent((others) -> log.warn("{}, the database is unavailable: {} ({} more such failures before)",
                        consequence, cause(ex), others));
        }
        else {
            this.unexpected.increment();
            log.error("{}, the database operation failed: {}", consequence, cause(ex), ex);
        }
    }

    private static String cause(DataAccessException ex) {
        return NestedExceptionUtils.getMostSpecificCause(ex).toString();
    }

    private static boolean isTransient(Throwable ex) {
        return TRANSIENT_TYPES.stream().anyMatch((type) -> type.isInstance(ex))
                || ex instanceof MongoException failure && TRANSIENT_CODES.contains(code(failure));
    }

    private static int code(MongoException ex) {
        if (ex instanceof MongoBulkWriteException bulk && bulk.getWriteConcernError() != null
                && bulk.getWriteErrors().isEmpty()) {
            return bulk.getWriteConcernError().getCode();
        }
        return (ex instanceof MongoWriteConcernException unconfirmed) ? unconfirmed.getWriteConcernError().getCode()
                : ex.getCode();
    }

}
