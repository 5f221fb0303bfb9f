package dev.jobprocessor.api.jobs;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How far an attempt is, by its worker's or workflow's word.
 *
 * @param percent 0 to 100
 * @param message what it does
 * @param at when it was last reported
 * @param output how many characters of partial output this run reported here; null
 * without any
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobProgress(@Nullable Double percent, @Nullable String message,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Instant at, @JsonIgnore @Nullable Long output) {
}
