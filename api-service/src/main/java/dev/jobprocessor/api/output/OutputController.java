package dev.jobprocessor.api.output;

import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobAttempt;
import dev.jobprocessor.api.jobs.JobNotFound;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.jobs.Jobs;
import dev.jobprocessor.api.jobs.OutputText;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.PositiveOrZero;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Jobs")
class OutputController {

    private final Jobs jobs;

    private final OutputReader output;

    OutputController(Jobs jobs, OutputReader output) {
        this.jobs = jobs;
        this.output = output;
    }

    @GetMapping(path = "/jobs/{id}/output", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Read what a running attempt has written so far",
            description = "Empty where it wrote nothing, or does not run: the job then has its result, if any.")
    ResponseEntity<Written> read(@PathVariable String id,
            @Parameter(description = "The next of the response before; 0 for all that is kept") @RequestParam(
                    defaultValue = "0") @PositiveOrZero(message = "must be 0 or more") long from) {
        Job job = this.jobs.find(id).orElseThrow(() -> new JobNotFound(id));
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(written(job, from));
    }

    private Written written(Job job, long from) {
        boolean runs = job.status() == JobStatus.PENDING && job.startedAt() != null;
        OutputText text = runs ? this.output.read(new JobAttempt(job.id(), job.attempt()), from) : OutputText.NONE;
        return new Written(job.status(), job.attempt(), text.offset(), text.text(), text.next());
    }

    /**
     * A part of what an attempt writes.
     *
     * @param offset where the text begins, in characters (UTF-16 code units). More than
     * was asked for: what is between is not kept, or the attempt was begun anew; the text
     * replaces all
     * @param next where to go on
     */
    @Schema(name = "Output")
    record Written(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) JobStatus status,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) int attempt,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) long offset,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String text,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) long next) {
    }

}
