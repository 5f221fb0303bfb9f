package dev.jobprocessor.api.database;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/**
 * Whether the database is known to be unavailable: an operation failed as if it were, and
 * so did a ping, which has the timeout of a call. It is pinged until it responds; calls
 * that need it are refused meanwhile, since each would hold its connection and memory
 * until its timeout. A failure while pings are answered, such as a slow operation,
 * concerns nobody else.
 */
@Component
public class DatabaseAvailability implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(DatabaseAvailability.class);

    private static final Duration INTERVAL = Duration.ofMillis(250);

    private static final Document PING = new Document("ping", 1);

    private final MongoOperations mongo;

    private final Duration interval;

    private final AtomicBoolean checking = new AtomicBoolean();

    private volatile boolean unavailable;

    private volatile boolean closed;

    @Autowired
    DatabaseAvailability(MongoOperations mongo) {
        this(mongo, INTERVAL);
    }

    DatabaseAvailability(MongoOperations mongo, Duration interval) {
        this.mongo = mongo;
        this.interval = interval;
    }

    /** What is known; nothing is asked. */
    public boolean isUnavailable() {
        return this.unavailable;
    }

    /** Pings the database, unless it is known to be unavailable. */
    public boolean responds() {
        boolean responds = !this.unavailable && ping();
        if (!responds) {
            suspect();
        }
        return responds;
    }

    /** Has the database checked after a failure; returns at once. */
    void suspect() {
        if (this.checking.compareAndSet(false, true)) {
            Thread.startVirtualThread(this::check);
        }
    }

    private void check() {
        try {
            if (!ping()) {
                awaitAnswer();
            }
        }
        catch (RuntimeException ex) {
            log.error("The check of the database failed: it counts as available until an operation fails", ex);
        }
        finally {
            this.unavailable = false;
            this.checking.set(false);
        }
    }

    private void awaitAnswer() {
        long begin = System.nanoTime();
        this.unavailable = true;
        log.warn("The database does not answer: calls that need it are refused until it does");
        do {
            pause();
        }
        while (!this.closed && !ping());
        if (!this.closed) {
            log.info("The database is available again after {} s",
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin));
        }
    }

    private boolean ping() {
        try {
            this.mongo.executeCommand(PING);
            return true;
        }
        catch (DataAccessException ex) {
            return !DatabaseErrors.isUnavailable(ex);
        }
    }

    private void pause() {
        try {
            Thread.sleep(this.interval);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void destroy() {
        this.closed = true;
    }

}
