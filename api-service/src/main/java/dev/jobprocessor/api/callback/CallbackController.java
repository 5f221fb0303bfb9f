package dev.jobprocessor.api.callback;

import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobView;
import dev.jobprocessor.api.jobs.Jobs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Webhook")
class CallbackController {

    static final String PATH = "/jobs/webhook/callback";

    private static final Logger log = LoggerFactory.getLogger(CallbackController.class);

    private final Jobs jobs;

    CallbackController(Jobs jobs) {
        this.jobs = jobs;
    }

    @PostMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Report how a job ended",
            description = "For workers and workflows. The first report of an attempt wins; the same again is answered "
                    + "200, another one or one of an older attempt 409.")
    @SecurityRequirement(name = WebhookSecret.HEADER)
    JobView callback(@Valid @RequestBody JobCallback callback) {
        try (MDC.MDCCloseable ignored = MDC.putCloseable("jobId", callback.jobId())) {
            Job job = this.jobs.end(callback.jobId(), callback.attempt(), callback.outcome());
            log.info("Attempt {} ended {}", job.attempt(), job.status());
            return JobView.of(job);
        }
    }

}
