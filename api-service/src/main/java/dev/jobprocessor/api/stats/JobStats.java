package dev.jobprocessor.api.stats;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.jobprocessor.api.jobs.JobStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of all jobs, at most one second old.
 *
 * @param counts jobs by status; changes that a killed instance had not counted show once
 * the counters are reconciled
 * @param running PENDING jobs that a worker has started
 * @param oldestWaiting since when the oldest job has waited that no worker has started:
 * since its submission, its schedule, its last retry or the end of its deferral
 * @param perMinute the last 60 minutes, oldest first, the current one last
 * @param timeToComplete of the jobs completed in these minutes
 * @param tokens used by the attempts that were reported in these minutes, by queue and
 * model, the most used first: each instance counts 20 models by name, further ones as
 * "other"; null where none were
 */
@Schema(name = "JobStats")
@JsonInclude(JsonInclude.Include.NON_NULL)
record JobStats(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) Counts counts,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) long running, @Nullable Instant oldestWaiting,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<Minute> perMinute,
        @Nullable TimeToComplete timeToComplete, @Nullable List<Tokens> tokens) {

    @Schema(name = "JobCounts", requiredProperties = { "PENDING", "COMPLETED", "FAILED", "CANCELLED" })
    record Counts(@JsonProperty("PENDING") long pending, @JsonProperty("COMPLETED") long completed,
            @JsonProperty("FAILED") long failed, @JsonProperty("CANCELLED") long cancelled) {

        static Counts of(Map<JobStatus, Long> counts) {
            return new Counts(of(counts, JobStatus.PENDING), of(counts, JobStatus.COMPLETED),
                    of(counts, JobStatus.FAILED), of(counts, JobStatus.CANCELLED));
        }

        private static long of(Map<JobStatus, Long> counts, JobStatus status) {
            return Math.max(0, counts.getOrDefault(status, 0L));
        }

    }

    /** How many jobs finished in the minute that starts then. */
    @Schema(name = "MinuteStats")
    record Minute(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) Instant minute,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) long completed,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) long failed) {
    }

    /**
     * Seconds from submission, or the last retry, to completion, at most 5 % off between
     * 0.1 s and a day.
     */
    @Schema(name = "TimeToComplete")
    record TimeToComplete(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) double median,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) double p95) {
    }

    /** What a model used for jobs of a queue. */
    @Schema(name = "TokenStats")
    record Tokens(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) String queue,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String model,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) long inputTokens,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) long outputTokens) {

        /** Of the same queue and model. */
        Tokens plus(Tokens other) {
            return new Tokens(this.queue, this.model, this.inputTokens + other.inputTokens,
                    this.outputTokens + other.outputTokens);
        }

        long total() {
            return this.inputTokens + this.outputTokens;
        }

    }

}
