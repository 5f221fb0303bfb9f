package dev.jobprocessor.api.dispatch;

import java.util.List;

import dev.jobprocessor.api.jobs.JobOutcome;
import dev.jobprocessor.api.jobs.Jobs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Dead letters")
@RequestMapping(path = "/dead-letters", produces = MediaType.APPLICATION_JSON_VALUE)
class DeadLetterController {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterController.class);

    private final DeadLetters letters;

    private final Jobs jobs;

    private final DeadLetterGauge gauge;

    DeadLetterController(DeadLetters letters, Jobs jobs, DeadLetterGauge gauge) {
        this.letters = letters;
        this.jobs = jobs;
        this.gauge = gauge;
    }

    @GetMapping
    @Operation(summary = "List messages that no worker could handle",
            description = "The newest 500. They are kept for 180 days, unless they are requeued or discarded.")
    List<DeadLetter> list() {
        return this.letters.newest();
    }

    @PostMapping("/{id}/requeue")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Have the job of a dead letter worked again, or completed by the result that the letter has",
            description = "The job is retried. Where the letter is a parked result, the job completes by it instead, as the work "
                    + "is done. Then the letter is removed. 409 where the job's state does not allow it any more, another "
                    + "attempt followed that of the result, or the letter names no job.")
    void requeue(@PathVariable String id) {
        DeadLetter letter = this.letters.find(id).orElseThrow(() -> new DeadLetterNotFound(id));
        if (letter.jobId() == null) {
            throw new NoJobNamed();
        }
        if (letter.finished() != null) {
            JobOutcome outcome = JobOutcome.completed(letter.finished().result()).with(letter.finished().usage());
            this.jobs.finish(letter.jobId(), letter.attempt(), outcome);
            log.info("Job {} completes by the result of its dead letter", letter.jobId());
        }
        else {
            this.jobs.retry(letter.jobId());
            log.info("The dead letter of job {} is requeued", letter.jobId());
        }
        this.letters.remove(id);
        this.gauge.read();
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Discard a dead letter", description = "Its job stays as it is.")
    void discard(@PathVariable String id) {
        if (!this.letters.remove(id)) {
            throw new DeadLetterNotFound(id);
        }
        this.gauge.read();
        log.info("A dead letter is discarded");
    }

}
