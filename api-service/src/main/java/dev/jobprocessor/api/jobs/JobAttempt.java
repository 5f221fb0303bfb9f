package dev.jobprocessor.api.jobs;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;

/** One attempt at one job. */
public record JobAttempt(@NotNull @Size(max = 100) String jobId, @Positive int attempt) {
}
