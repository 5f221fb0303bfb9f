package dev.jobprocessor.api.submission;

import java.net.URI;
import java.util.List;

import dev.jobprocessor.api.jobs.JobView;
import dev.jobprocessor.api.jobs.JobRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

@RestController
@Tag(name = "Jobs")
@RequestMapping(path = "/jobs", produces = MediaType.APPLICATION_JSON_VALUE)
class SubmissionController {

    private static final String KEY = "Idempotency-Key";

    private final JobSubmissions submissions;

    private final WaitingSubmissions waiting;

    SubmissionController(JobSubmissions submissions, WaitingSubmissions waiting) {
        this.submissions = submissions;
        this.waiting = waiting;
    }

    @PostMapping
    @Operation(summary = "Submit a prompt")
    @Parameter(name = "Prefer", in = ParameterIn.HEADER, schema = @Schema(type = "string", example = "wait=30"),
            description = "wait=N: return the job once it has ended, or as it is after N seconds, at most 60; "
                    + "Preference-Applied shows that it was so (RFC 7240)")
    @ApiResponse(responseCode = "201", description = "The job was stored and will be worked")
    @ApiResponse(responseCode = "200", description = "The job that this Idempotency-Key made before")
    @Nullable ResponseEntity<JobView> submit(@Valid @RequestBody JobRequest job,
            @RequestHeader(name = KEY, required = false) @Pattern(regexp = IdempotencyKey.PATTERN,
                    message = "{job.key}") @Nullable String key,
            HttpServletRequest request, HttpServletResponse response) {
        Submission submission = this.submissions.submit(List.of(job), key);
        JobView view = JobView.summary(submission.jobs().getFirst());
        ResponseEntity<?> head = answer(submission,
                ServletUriComponentsBuilder.fromCurrentRequest().path("/{id}").build(view.id()))
            .build();
        return this.waiting.respond(head, view, request, response);
    }

    @PostMapping("/batch")
    @Operation(summary = "Submit up to 1,000 prompts at once",
            requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true,
                    content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE,
                            array = @ArraySchema(schema = @Schema(implementation = JobRequest.class)))))
    @ApiResponse(responseCode = "201", description = "All jobs were stored and will be worked, in the order given")
    @ApiResponse(responseCode = "200", description = "The jobs that this Idempotency-Key made before")
    ResponseEntity<List<JobView>> submitAll(
            @RequestBody @Size(min = 1, max = Batch.MAX_SIZE,
                    message = "{job.batch.size}") Batch<@Valid @NotNull(message = "{job.missing}") JobRequest> batch,
            @RequestHeader(name = KEY, required = false) @Pattern(regexp = IdempotencyKey.PATTERN,
                    message = "{job.key}") @Nullable String key) {
        Submission submission = this.submissions.submit(batch, key);
        return answer(submission, null).body(submission.jobs().stream().map(JobView::summary).toList());
    }

    private ResponseEntity.BodyBuilder answer(Submission submission, @Nullable URI location) {
        ResponseEntity.BodyBuilder answer = ResponseEntity
            .status(submission.replayed() ? HttpStatus.OK : HttpStatus.CREATED)
            .headers(this.submissions.limitHeaders());
        if (submission.replayed()) {
            answer.header("Idempotent-Replayed", "true");
        }
        return (location != null) ? answer.location(location) : answer;
    }

}
