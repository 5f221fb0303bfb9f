package dev.jobprocessor.api.dispatch;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.jobprocessor.api.jobs.Job;
import org.jspecify.annotations.Nullable;

/**
 * A job is ready for a worker.
 *
 * @param timeoutSeconds as the client requested; null for the default
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JobCreated(String jobId, String prompt, int attempt, Instant createdAt, @Nullable Integer timeoutSeconds) {

    static JobCreated of(Job job) {
        return new JobCreated(job.id(), job.prompt(), job.attempt(), job.createdAt(), job.request().timeoutSeconds());
    }

}
