package dev.jobprocessor.api.shutdown;

import dev.jobprocessor.api.jobs.Jobs;

import org.springframework.boot.web.server.context.WebServerApplicationContext;

/**
 * In which order this service stops: higher phases stop first. Listeners of the broker
 * are the first, then requests are drained and the web server stops, then these; the
 * connections to broker and database are the last.
 */
public final class ShutdownPhases {

    /** What requests wait for ends before they are drained. */
    public static final int WAITS = WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1;

    /** Jobs are submitted until the last request was served. */
    public static final int DISPATCHER = WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;

    /**
     * Confirms are marked in the database while requests are drained, which may take
     * longer than other instances wait before they publish a job again.
     */
    public static final int SCHEDULER = DISPATCHER - 1;

    /** What the last requests and the last confirms left to write. */
    public static final int LAST_WRITES = SCHEDULER - 1;

    private ShutdownPhases() {
    }

}
