package dev.jobprocessor.api.jobs;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * How far a job's retry policy is.
 *
 * @param current which try the current attempt is, counted from 1 by the submission and
 * by each user's retry
 * @param max how many there are at most
 * @param error why the try before it failed
 * @param errorCode the same for programs
 */
public record JobTries(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) int current,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) int max,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String error,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String errorCode) {
}
