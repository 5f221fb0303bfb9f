package dev.jobprocessor.api.jobs;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.data.mongodb.core.query.Update;

/**
 * What is reported of a running attempt. What is null stays as it was reported last.
 *
 * @param percent 0 to 100
 * @param message what it does
 * @param delta what it has written since the last report; empty for nothing
 */
public record ProgressReport(@Nullable Double percent, @Nullable String message, String delta) {

    private static final String PREFIX = JobFields.PROGRESS + ".";

    Update update(Instant now) {
        Update update = Update.update(PREFIX + "at", now).set(JobFields.UPDATED_AT, now);
        if (this.percent != null) {
            update.set(PREFIX + "percent", this.percent);
        }
        if (this.message != null) {
            update.set(PREFIX + "message", this.message);
        }
        if (!this.delta.isEmpty()) {
            update.inc(PREFIX + "output", (long) this.delta.length());
        }
        return update;
    }

    /**
     * The output that was reported.
     * @param job as it was after the update, which counted the output
     */
    Optional<OutputReported> output(Job job) {
        if (this.delta.isEmpty() || job.progress() == null || job.progress().output() == null) {
            return Optional.empty();
        }
        long offset = job.outputOffset() + job.progress().output() - this.delta.length();
        return Optional.of(new OutputReported(new JobAttempt(job.id(), job.attempt()), offset, this.delta));
    }

}
