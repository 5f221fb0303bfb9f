package dev.jobprocessor.api.live;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a client has received of a job: any instance goes on from there.
 *
 * @param version of the job
 * @param attempt whose output it has
 * @param offset how much of that
 */
record StreamPosition(long version, int attempt, long offset) {

    static final StreamPosition BEGIN = new StreamPosition(-1, 0, 0);

    private static final Pattern ID = Pattern.compile("(\\d{1,18})\\.(\\d{1,9})\\.(\\d{1,18})");

    /** Reads {@code Last-Event-ID}; what no instance sent is the begin. */
    static StreamPosition of(@Nullable String lastEventId) {
        Matcher id = ID.matcher((lastEventId != null) ? lastEventId : "");
        return id.matches() ? new StreamPosition(Long.parseLong(id.group(1)), Integer.parseInt(id.group(2)),
                Long.parseLong(id.group(3))) : BEGIN;
    }

    StreamPosition withVersion(long version) {
        return new StreamPosition(version, this.attempt, this.offset);
    }

    StreamPosition withOutput(int attempt, long offset) {
        return new StreamPosition(this.version, attempt, offset);
    }

    String id() {
        return "%d.%d.%d".formatted(this.version, this.attempt, this.offset);
    }

}
