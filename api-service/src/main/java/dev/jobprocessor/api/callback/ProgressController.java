package dev.jobprocessor.api.callback;

import java.time.Instant;
import java.util.Objects;

import dev.jobprocessor.api.jobs.JobAttempts;
import dev.jobprocessor.api.jobs.OutputReported;
import dev.jobprocessor.api.jobs.ProgressReport;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Webhook")
class ProgressController {

    static final String PATH = "/jobs/{id}/progress";

    private final JobAttempts attempts;

    ProgressController(JobAttempts attempts) {
        this.attempts = attempts;
    }

    @PostMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Report how far a running attempt is",
            description = "For workers and workflows. Each report gives the attempt its whole timeout again.")
    @ApiResponse(responseCode = "200", description = "Noted")
    @ApiResponse(responseCode = "409", description = "The attempt is not running")
    @SecurityRequirement(name = WebhookSecrets.HEADER)
    Noted progress(@PathVariable String id, @Valid @RequestBody Progress progress,
            @Parameter(description = "As the progressUrl has it; then the body needs none") @RequestParam(
                    required = false) @Nullable Integer attempt,
            @Parameter(description = "As the progressUrl has it: what a workflow reports whose attempt was begun "
                    + "anew since is not shown") @RequestParam(required = false) @Nullable String claim) {
        Integer number = (attempt != null) ? attempt : progress.attempt();
        return new Noted(this.attempts.progress(id, number, claim, progress.report()));
    }

    /**
     * How far an attempt is. What is absent stays as it was reported last.
     *
     * @param attempt where it is absent, the current one
     * @param percent 0 to 100
     * @param message at most 500 characters
     * @param delta what the attempt has written since the last report, at most 65,536
     * characters: shown while it runs
     */
    record Progress(@Positive(message = "must be 1 or more") @Nullable Integer attempt,
            @DecimalMin(value = "0", message = Progress.PERCENT) @DecimalMax(value = "100",
                    message = Progress.PERCENT) @Nullable Double percent,
            @Size(max = Progress.MAX_MESSAGE_LENGTH, message = "must have at most 500 characters") @Pattern(
                    regexp = JobCallback.WHOLE_CHARACTERS,
                    message = "must be valid Unicode, without half a surrogate pair") @Nullable String message,
            @Size(max = OutputReported.MAX_LENGTH, message = "must have at most 65536 characters") @Pattern(
                    regexp = JobCallback.WHOLE_CHARACTERS,
                    message = "must be valid Unicode, without half a surrogate pair") @Nullable String delta) {

        static final int MAX_MESSAGE_LENGTH = 500;

        static final String PERCENT = "must be 0 to 100";

        ProgressReport report() {
            return new ProgressReport(this.percent, masked(this.message),
                    Objects.requireNonNullElse(masked(this.delta), ""));
        }

        private static @Nullable String masked(@Nullable String text) {
            return (text != null) ? CallbackTokens.mask(text) : null;
        }

    }

    /**
     * The progress is noted.
     *
     * @param deadline when the attempt is given up unless more is reported
     */
    record Noted(Instant deadline) {
    }

}
