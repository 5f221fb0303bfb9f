package dev.jobprocessor.api.jobs;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import com.mongodb.ConnectionString;
import com.mongodb.connection.ConnectionPoolSettings;
import dev.jobprocessor.api.database.DatabaseSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.stereotype.Component;

/**
 * Bounds how many operations on single jobs run at the same time. Most connections stay
 * free for what many callers share, such as group commits and the polled page, and for
 * pings: when the database is available again, hundreds of workers report at once, and
 * nothing else would get a connection in time.
 */
@Component
class OperationLimit {

    private static final int CONNECTIONS_PART = 4;

    /** Of the timeout of a call, so that the operation itself can take the rest. */
    private static final int WAIT_PART = 4;

    private final Semaphore free;

    private final Duration wait;

    @Autowired
    OperationLimit(MongoConnectionDetails connection, DatabaseSettings settings) {
        this(connections(connection.getConnectionString()) / CONNECTIONS_PART,
                settings.callTimeout().dividedBy(WAIT_PART));
    }

    OperationLimit(int operations, Duration wait) {
        this.free = new Semaphore(Math.max(1, operations), true);
        this.wait = wait;
    }

    private static int connections(ConnectionString connection) {
        Integer configured = connection.getMaxConnectionPoolSize();
        return (configured != null) ? configured : ConnectionPoolSettings.builder().build().getMaxSize();
    }

    /**
     * Runs the operation.
     * @throws QueryTimeoutException if others run for too long
     */
    <T extends @Nullable Object> T run(Supplier<T> operation) {
        acquire();
        try {
            return operation.get();
        }
        finally {
            this.free.release();
        }
    }

    private void acquire() {
        try {
            if (!this.free.tryAcquire(this.wait.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new QueryTimeoutException("As many operations run as may");
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new QueryTimeoutException("Interrupted", ex);
        }
    }

}
