package dev.jobprocessor.api.database;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/**
 * Whether the database is known to be unavailable: the last ping, which has the timeout
 * of a call, was not answered. Calls that need it are refused meanwhile, since each would
 * hold its connection and memory until its timeout. A failure while pings are answered,
 * such as a slow operation, concerns nobody else.
 */
@Component
public class DatabaseAvailability implements InitializingBean, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(DatabaseAvailability.class);

    private static final Duration INTERVAL = Duration.ofMillis(250);

    private static final Document PING = new Document("ping", 1);

    private final MongoOperations mongo;

    private final Duration interval;

    private final Thread watch = Thread.ofVirtual().name("database-ping").unstarted(this::watch);

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

    @Override
    public void afterPropertiesSet() {
        this.watch.start();
    }

    /** What the last ping told; nothing is asked. */
    public boolean isUnavailable() {
        return this.unavailable;
    }

    /** Pings the database, unless it is known to be unavailable. */
    public boolean responds() {
        return !this.unavailable && ping();
    }

    private void watch() {
        while (!this.closed) {
            check();
            this.unavailable = false;
            pause();
        }
    }

    private void check() {
        try {
            if (!ping() && !this.closed) {
                awaitAnswer();
            }
        }
        catch (RuntimeException ex) {
            log.error("The check of the database failed: it counts as available until the next", ex);
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
            this.closed = true;
        }
    }

    @Override
    public void destroy() {
        this.closed = true;
        this.watch.interrupt();
    }

}
