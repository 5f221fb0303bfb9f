package dev.jobprocessor.api.callback;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.jobprocessor.api.jobs.JobAttempts;
import dev.jobprocessor.api.jobs.JobClaim;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

@RestController
@Tag(name = "Webhook")
class StartController {

    static final String PATH = "/jobs/{id}/start";

    private static final Logger log = LoggerFactory.getLogger(StartController.class);

    private final JobAttempts attempts;

    private final CallbackTokens tokens;

    StartController(JobAttempts attempts, CallbackTokens tokens) {
        this.attempts = attempts;
        this.tokens = tokens;
    }

    @PostMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Claim an attempt before working it",
            description = "For workers whose work costs money. One claim of an attempt is granted, again where it is "
                    + "repeated, and another where the broker redelivered the message, unless a worker still runs "
                    + "the attempt: 503, ask again.")
    @ApiResponse(responseCode = "200", description = "Begin")
    @ApiResponse(responseCode = "409", description = "Do not begin: the attempt is not open, or was claimed")
    @SecurityRequirement(name = WebhookSecrets.HEADER)
    Started start(@PathVariable String id, @Valid @RequestBody Start start) {
        try (MDC.MDCCloseable ignored = MDC.putCloseable("jobId", id)) {
            JobClaim claim = this.attempts.claim(id, start.number(), start.worker(), start.claim(),
                    start.redelivered());
            log.info("Attempt {} is started by {}", start.attempt(), start.worker());
            return new Started(claim.deadline(), claim.job().deferredSince(),
                    callbackUrl(id, start.number(), claim.deadline()), claim.job().outputOffset());
        }
    }

    private String callbackUrl(String id, int attempt, Instant deadline) {
        return ServletUriComponentsBuilder.fromCurrentContextPath()
            .path(CallbackController.PATH)
            .queryParam(CallbackTokens.JOB, id)
            .queryParam(CallbackTokens.ATTEMPT, attempt)
            .queryParam(CallbackTokens.TOKEN, this.tokens.of(id, attempt, deadline))
            .toUriString();
    }

    /**
     * A claim of an attempt.
     *
     * @param worker its name, as users see it
     * @param claim the same for each retry of a call, and unique to the worker
     * @param redelivered whether the broker delivered the message before
     */
    record Start(
            @NotNull(message = "must be 1 or more") @Positive(message = "must be 1 or more") @Nullable Integer attempt,
            @NotBlank(message = "must name the worker") @Size(max = 255,
                    message = "must have at most 255 characters") String worker,
            @NotBlank(message = "must be unique") @Size(max = 100,
                    message = "must have at most 100 characters") String claim,
            boolean redelivered) {

        int number() {
            return (this.attempt != null) ? this.attempt : 0; // as validated
        }

    }

    /**
     * The attempt is started.
     *
     * @param deadline when it times out unless it is reported
     * @param deferredSince when this attempt was deferred first, for workers of earlier
     * versions, which give it up themselves; absent where it never was
     * @param callbackUrl where it can be reported without any secret
     * @param outputOffset where what it writes begins, behind what another run of it may
     * have written
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Started(Instant deadline, @Nullable Instant deferredSince, String callbackUrl, long outputOffset) {
    }

}
