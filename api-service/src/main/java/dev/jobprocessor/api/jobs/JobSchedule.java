package dev.jobprocessor.api.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * When a job may start, by the clock of the API. It concerns the job's first start: a
 * user's retry is due at once and does not expire.
 *
 * @param runAt null for at once
 * @param expiresAt null for whenever a worker is free
 */
public record JobSchedule(@Nullable Instant runAt, @Nullable Instant expiresAt) {

    static final Duration MAX_AHEAD = Duration.ofDays(365);

    /** Clocks differ, and a call takes its time: what is less overdue runs at once. */
    static final Duration TOLERANCE = Duration.ofMinutes(1);

    /** Whether a job is still held back. */
    public boolean isAhead(Instant now) {
        return this.runAt != null && this.runAt.isAfter(now);
    }

    /** Why a new job cannot have this schedule, by field; empty where it can. */
    public Map<String, String> objections(Instant now) {
        Map<String, String> objections = new LinkedHashMap<>();
        if (this.runAt != null && this.runAt.isBefore(now.minus(TOLERANCE))) {
            objections.put(JobFields.RUN_AT, "must not be in the past");
        }
        if (isAhead(now.plus(MAX_AHEAD))) {
            objections.put(JobFields.RUN_AT, "must be at most 365 days ahead");
        }
        if (this.expiresAt != null && !this.expiresAt.isAfter(now)) {
            objections.put(JobFields.EXPIRES_AT, "must be in the future");
        }
        else if (this.expiresAt != null && isAhead(this.expiresAt.minusMillis(1))) {
            objections.put(JobFields.EXPIRES_AT, "must be after runAt");
        }
        return objections;
    }

}
