package dev.jobprocessor.api.jobs;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

@RestController
@Tag(name = "Jobs")
@RequestMapping(path = "/jobs", produces = MediaType.APPLICATION_JSON_VALUE)
class JobController {

    private static final String KEY = "Idempotency-Key";

    private final JobSubmissions submissions;

    private final Jobs jobs;

    private final JobList list;

    private final JobListSnapshot snapshot;

    private final RenderedPage.Renderer renderer;

    JobController(JobSubmissions submissions, Jobs jobs, JobList list, JobListSnapshot snapshot,
            RenderedPage.Renderer renderer) {
        this.submissions = submissions;
        this.jobs = jobs;
        this.list = list;
        this.snapshot = snapshot;
        this.renderer = renderer;
    }

    @PostMapping
    @Operation(summary = "Submit a prompt")
    @ApiResponse(responseCode = "201", description = "The job was stored and will be worked")
    @ApiResponse(responseCode = "200", description = "The job that this Idempotency-Key made before")
    ResponseEntity<JobView> submit(@Valid @RequestBody NewJob job, @RequestHeader(name = KEY,
            required = false) @Pattern(regexp = IdempotencyKey.PATTERN, message = "{job.key}") @Nullable String key) {
        Submission submission = this.submissions.submit(List.of(job), key);
        JobView view = JobView.summary(submission.jobs().getFirst());
        return answer(submission, ServletUriComponentsBuilder.fromCurrentRequest().path("/{id}").build(view.id()))
            .body(view);
    }

    @PostMapping("/batch")
    @Operation(summary = "Submit up to 1,000 prompts at once",
            requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true,
                    content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE,
                            array = @ArraySchema(schema = @Schema(implementation = NewJob.class)))))
    @ApiResponse(responseCode = "201", description = "All jobs were stored and will be worked, in the order given")
    @ApiResponse(responseCode = "200", description = "The jobs that this Idempotency-Key made before")
    ResponseEntity<List<JobView>> submitAll(
            @RequestBody @Size(min = 1, max = Batch.MAX_SIZE,
                    message = "{job.batch.size}") Batch<@Valid @NotNull(message = "{job.missing}") NewJob> batch,
            @RequestHeader(name = KEY, required = false) @Pattern(regexp = IdempotencyKey.PATTERN,
                    message = "{job.key}") @Nullable String key) {
        Submission submission = this.submissions.submit(batch, key);
        return answer(submission, null).body(submission.jobs().stream().map(JobView::summary).toList());
    }

    @GetMapping
    @Operation(summary = "List jobs, newest first",
            description = "The Link header with rel=\"next\" leads to the next page. Answers carry an ETag; "
                    + "If-None-Match with it is answered 304 while nothing changed.")
    @ApiResponse(responseCode = "200", description = "A page of jobs",
            content = @Content(array = @ArraySchema(schema = @Schema(implementation = JobView.class))))
    ResponseEntity<byte[]> list(@RequestParam(defaultValue = "100") @Min(1) @Max(JobQuery.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Nullable Set<JobStatus> status,
            @RequestParam(required = false) @Size(max = JobQuery.MAX_TEXT_LENGTH) @Nullable String q,
            @RequestParam(required = false) @Nullable String after) {
        JobQuery query = new JobQuery(limit, Objects.requireNonNullElse(status, Set.of()), q,
                (after != null) ? JobCursor.parse(after) : null);
        RenderedPage page = query.equals(JobQuery.NEWEST) ? this.snapshot.page()
                : this.renderer.render(this.list.page(query));
        return page(page);
    }

    @GetMapping("/{id}")
    @Operation(summary = "Read one job, with its whole result and its history",
            description = "The answer carries an ETag; If-None-Match with it is answered 304 while the job is the same.")
    ResponseEntity<JobView> find(@PathVariable String id, WebRequest request) {
        if (request.getHeader(HttpHeaders.IF_NONE_MATCH) != null && isUnchanged(id, request)) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED).cacheControl(CacheControl.noCache()).build();
        }
        Job job = this.jobs.find(id).orElseThrow(() -> new JobNotFound(id));
        return ResponseEntity.ok().eTag(tag(job.version())).cacheControl(CacheControl.noCache()).body(JobView.of(job));
    }

    /** Asked before the job is read, as its result may be large. */
    private boolean isUnchanged(String id, WebRequest request) {
        OptionalLong version = this.jobs.version(id);
        return version.isPresent() && request.checkNotModified(tag(version.getAsLong()));
    }

    private static String tag(long version) {
        return "W/\"%d\"".formatted(version);
    }

    @PostMapping("/{id}/retry")
    @Operation(summary = "Work a FAILED or CANCELLED job once more, as a new attempt")
    JobView retry(@PathVariable String id) {
        return JobView.of(this.jobs.retry(id));
    }

    @PostMapping("/{id}/cancel")
    @Operation(summary = "Cancel a PENDING job; what a worker still reports of it is refused")
    JobView cancel(@PathVariable String id) {
        return JobView.of(this.jobs.cancel(id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Delete a job that is not PENDING")
    void delete(@PathVariable String id) {
        this.jobs.delete(id);
    }

    private static ResponseEntity.BodyBuilder answer(Submission submission, @Nullable URI location) {
        ResponseEntity.BodyBuilder answer = ResponseEntity
            .status(submission.replayed() ? HttpStatus.OK : HttpStatus.CREATED);
        if (submission.replayed()) {
            answer.header("Idempotent-Replayed", "true");
        }
        return (location != null) ? answer.location(location) : answer;
    }

    private static ResponseEntity<byte[]> page(RenderedPage page) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok().eTag(page.etag()).cacheControl(CacheControl.noCache());
        if (page.next() != null) {
            answer.header(HttpHeaders.LINK,
                    "<%s>; rel=\"next\"".formatted(ServletUriComponentsBuilder.fromCurrentRequest()
                        .replaceQueryParam("after", page.next())
                        .build() // not encoded again
                        .toUriString()));
        }
        return answer.contentType(MediaType.APPLICATION_JSON).body(page.json());
    }

}
