package dev.jobprocessor.worker.processing;

import java.time.Duration;

import dev.jobprocessor.worker.callback.JobStart;
import org.jspecify.annotations.Nullable;

/**
 * What there is to do.
 *
 * @param timeout how long the attempt may take; null for what suits the processor
 * @param start how the API let the attempt start; null where the processor claims none
 */
public record Job(String id, String prompt, int attempt, @Nullable Duration timeout, JobStart.@Nullable Granted start) {

    public Job(String id, String prompt, int attempt) {
        this(id, prompt, attempt, null, null);
    }

}
