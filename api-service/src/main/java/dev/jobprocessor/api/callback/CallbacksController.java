package dev.jobprocessor.api.callback;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import dev.jobprocessor.api.jobs.JobAttempt;
import dev.jobprocessor.api.jobs.JobCompletions;
import dev.jobprocessor.api.jobs.JobConflict;
import dev.jobprocessor.api.jobs.JobNotFound;
import dev.jobprocessor.api.jobs.JobOutcome;
import dev.jobprocessor.api.jobs.RequestTrace;
import dev.jobprocessor.api.jobs.ResultTooLarge;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Takes several callbacks at once, so that a burst of results pays for a request once:
 * those that complete an open attempt are applied together, the others one by one.
 */
@RestController
@Tag(name = "Webhook")
class CallbacksController {

    static final String PATH = "/jobs/webhook/callbacks";

    static final int MAX_CALLBACKS = 100;

    private final CallbackController one;

    private final JobCompletions completions;

    private final Validator validator;

    private final RequestTrace trace;

    CallbacksController(CallbackController one, JobCompletions completions, Validator validator, RequestTrace trace) {
        this.one = one;
        this.completions = completions;
        this.validator = validator;
        this.trace = trace;
    }

    @PostMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Report how several attempts ended, or that they have to wait",
            description = "For workers: at most 100 callbacks as they are reported one by one, each with jobId and "
                    + "attempt. The answers are in their order; one does not depend on another.")
    @SecurityRequirement(name = WebhookSecrets.HEADER)
    List<CallbackAnswer> callbacks(@RequestBody @Size(max = MAX_CALLBACKS) List<@Nullable JobCallback> callbacks) {
        Set<JobCallback> completed = complete(callbacks);
        return callbacks.stream()
            .map((callback) -> completed.contains(callback) ? CallbackAnswer.accepted() : answer(callback))
            .toList();
    }

    /** Returns those that completed an attempt. */
    private Set<JobCallback> complete(List<@Nullable JobCallback> callbacks) {
        Map<JobAttempt, JobCallback> first = new HashMap<>();
        Map<JobAttempt, JobOutcome> results = new HashMap<>();
        callbacks.stream().filter(Objects::nonNull).forEach((callback) -> {
            JobAttempt attempt = callback.completedAttempt();
            JobOutcome result = (attempt != null && !first.containsKey(attempt)) ? result(callback) : null;
            if (attempt != null && result != null) {
                first.put(attempt, callback);
                results.put(attempt, result);
            }
        });
        return this.completions.complete(results).entrySet().stream().map((completed) -> {
            JobCallback callback = Objects.requireNonNull(first.get(completed.getKey()));
            inTrace(callback, () -> CallbackController.logCompleted(completed.getValue()));
            return callback;
        }).collect(Collectors.toSet());
    }

    private @Nullable JobOutcome result(JobCallback callback) {
        try {
            return (refusal(callback) == null) ? callback.outcome() : null;
        }
        catch (ResultTooLarge ex) {
            return null;
        }
    }

    private @Nullable String refusal(@Nullable JobCallback callback) {
        return (callback == null) ? "must be a callback"
                : this.validator.validate(callback)
                    .stream()
                    .map((violation) -> violation.getPropertyPath() + " " + violation.getMessage())
                    .min(Comparator.naturalOrder())
                    .orElse(null);
    }

    private CallbackAnswer answer(@Nullable JobCallback callback) {
        String refusal = refusal(callback);
        if (callback == null || refusal != null) {
            return CallbackAnswer.refused(HttpStatus.BAD_REQUEST, refusal);
        }
        try {
            inTrace(callback, () -> this.one.callback(callback, null, null, null));
            return CallbackAnswer.accepted();
        }
        catch (JobNotFound ex) {
            return CallbackAnswer.refused(HttpStatus.NOT_FOUND, ex.getMessage());
        }
        catch (JobConflict ex) {
            return CallbackAnswer.refused(HttpStatus.CONFLICT, ex.getMessage());
        }
        catch (ResultTooLarge ex) {
            return CallbackAnswer.refused(HttpStatus.CONTENT_TOO_LARGE, ex.getMessage());
        }
        catch (ResponseStatusException ex) {
            return CallbackAnswer.refused(HttpStatus.BAD_REQUEST, ex.getReason());
        }
    }

    private void inTrace(JobCallback callback, Runnable handling) {
        try (RequestTrace.Scope ignored = this.trace.continued(callback.traceparent())) {
            handling.run();
        }
    }

}
