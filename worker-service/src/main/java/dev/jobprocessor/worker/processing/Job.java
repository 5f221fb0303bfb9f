package dev.jobprocessor.worker.processing;

import java.time.Duration;

import dev.jobprocessor.worker.callback.JobStart;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a job.
 *
 * @param timeout how long the attempt may take; null for what suits the processor
 * @param start the granted claim; null where the processor needs none
 */
public record Job(String id, String prompt, int attempt, @Nullable Duration timeout, JobStart.@Nullable Granted start) {

    public Job(String id, String prompt, int attempt) {
        this(id, prompt, attempt, null, null);
    }

    public long outputOffset() {
        return (this.start != null) ? this.start.outputOffset() : 0;
    }

    public @Nullable String claim() {
        return (this.start != null) ? this.start.claim() : null;
    }

}
