package dev.jobprocessor.api.workers;

import java.util.List;

import dev.jobprocessor.api.jobs.AttemptsInFlight;
import dev.jobprocessor.api.jobs.PausedQueues;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Webhook")
class HeartbeatController {

    private static final Logger log = LoggerFactory.getLogger(HeartbeatController.class);

    private final Workers workers;

    private final AttemptsInFlight attempts;

    private final PausedQueues paused;

    HeartbeatController(Workers workers, AttemptsInFlight attempts, PausedQueues paused) {
        this.workers = workers;
        this.attempts = attempts;
        this.paused = paused;
    }

    @PostMapping(path = "/workers/heartbeat", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Report a worker, and learn what it must do",
            description = "Every 10 seconds, and at once when a message of the exchange jobs.control asks for it.")
    @SecurityRequirement(name = "x-webhook-secret")
    Instructions heartbeat(@Valid @RequestBody Heartbeat heartbeat) {
        boolean drain = isDrained(heartbeat);
        // Not from a snapshot: a worker that was asked for a heartbeat sees what changed.
        List<String> pausedQueues = List.copyOf(this.paused.readNames());
        return new Instructions(pausedQueues, this.attempts.ended(heartbeat.attempts()), drain);
    }

    private boolean isDrained(Heartbeat heartbeat) {
        if (heartbeat.stopped()) {
            this.workers.remove(heartbeat.name());
            log.info("The worker {} has stopped", heartbeat.name());
            return false;
        }
        return this.workers.heard(heartbeat).drained();
    }

}
