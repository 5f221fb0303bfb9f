package dev.jobprocessor.worker.processing;

import dev.jobprocessor.worker.callback.JobStart;
import org.jspecify.annotations.Nullable;

/**
 * What there is to do.
 *
 * @param start how the API let the attempt start; null where the processor claims none
 */
public record Job(String id, String prompt, int attempt, JobStart.@Nullable Granted start) {

    public Job(String id, String prompt, int attempt) {
        this(id, prompt, attempt, null);
    }

}
