package dev.jobprocessor.api.callback;

import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobAttempts;
import dev.jobprocessor.api.jobs.JobDeferral;
import dev.jobprocessor.api.jobs.JobOutcome;
import dev.jobprocessor.api.jobs.JobView;
import dev.jobprocessor.api.jobs.Jobs;
import dev.jobprocessor.api.jobs.RefusedReports;
import dev.jobprocessor.api.jobs.ResultTooLarge;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
@Tag(name = "Webhook")
class CallbackController {

    static final String PATH = "/jobs/webhook/callback";

    private static final Logger log = LoggerFactory.getLogger(CallbackController.class);

    private static final String FINISHED = "Job is {}, attempt {}";

    private final Jobs jobs;

    private final JobAttempts attempts;

    private final RefusedReports refused;

    CallbackController(Jobs jobs, JobAttempts attempts, RefusedReports refused) {
        this.jobs = jobs;
        this.attempts = attempts;
        this.refused = refused;
    }

    @PostMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Report how an attempt ended, or that it has to wait",
            description = "For workers and workflows. The first report of an attempt wins; the same again is answered "
                    + "200, another one or one of an older attempt 409. "
                    + "After FAILED, the job's retry policy applies unless retryable is false. DEFERRED with retryAfterSeconds holds the attempt back, or is answered 409 if its claim is not in force.")
    @SecurityRequirement(name = WebhookSecrets.HEADER)
    JobView callback(@Valid @RequestBody JobCallback callback, @Parameter(
            description = "As the callbackUrl has it; then the body needs neither jobId nor attempt") @RequestParam(
                    required = false) @Nullable String job,
            @RequestParam(required = false) @Nullable Integer attempt,
            @RequestAttribute(name = CallbackSignatures.SIGNED, required = false) @Nullable Boolean signed) {
        String id = (job != null) ? job : callback.requiredJobId();
        Integer number = (attempt != null) ? attempt : callback.attempt();
        if (Boolean.TRUE.equals(signed) && number == null) {
            // Sent again after a retry, it would report the new attempt.
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "attempt must be there where a body is signed");
        }
        try (MDC.MDCCloseable ignored = MDC.putCloseable("jobId", id)) {
            JobDeferral deferral = callback.deferral();
            return JobView.of((deferral != null) ? defer(id, number, deferral) : finish(id, number, callback));
        }
    }

    private Job finish(String id, @Nullable Integer attempt, JobCallback callback) {
        Job job = this.jobs.finish(id, attempt, outcome(id, attempt, callback));
        log.info(FINISHED, job.status(), job.attempt());
        return job;
    }

    /** Logs that a job finished by one of several callbacks. */
    static void logCompleted(Job job) {
        try (MDC.MDCCloseable ignored = MDC.putCloseable("jobId", job.id())) {
            log.info(FINISHED, job.status(), job.attempt());
        }
    }

    private JobOutcome outcome(String id, @Nullable Integer attempt, JobCallback callback) {
        try {
            return callback.outcome();
        }
        catch (ResultTooLarge ex) {
            this.refused.fail(id, attempt, ex.getMessage());
            throw ex;
        }
    }

    private Job defer(String id, @Nullable Integer attempt, JobDeferral deferral) {
        Job job = this.attempts.defer(id, attempt, deferral);
        log.info("Attempt {} is deferred until {}: {}", job.attempt(), job.nextAttemptAt(), deferral.reason());
        return job;
    }

}
