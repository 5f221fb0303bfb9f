package dev.jobprocessor.api.listing;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import dev.jobprocessor.api.database.PageCursor;
import dev.jobprocessor.api.jobs.Caller;
import dev.jobprocessor.api.jobs.JobQueues;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.jobs.JobView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Jobs")
@RequestMapping(path = "/jobs", produces = MediaType.APPLICATION_JSON_VALUE)
class JobListController {

    private static final String SCHEDULED = "scheduled";

    private final JobList list;

    private final JobListSnapshot snapshot;

    private final RenderedPage.Renderer renderer;

    private final Caller caller;

    JobListController(JobList list, JobListSnapshot snapshot, RenderedPage.Renderer renderer, Caller caller) {
        this.list = list;
        this.snapshot = snapshot;
        this.renderer = renderer;
        this.caller = caller;
    }

    @GetMapping
    @Operation(summary = "List jobs, newest first",
            description = "The Link header with rel=\"next\" leads to the next page. Answers carry an ETag; "
                    + "If-None-Match with it is answered 304 while nothing changed. The status of a scheduled job is PENDING; "
                    + "state=scheduled lists those whose runAt is still ahead. One of q, state, tag, metadata.KEY, worker and "
                    + "errorCode can be used at a time, with queue, status, createdAfter and createdBefore (neither included) as needed.",
            parameters = @Parameter(in = ParameterIn.QUERY, name = FilterParameters.METADATA + "KEY",
                    description = "The value that a key of the metadata must have", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "200", description = "A page of jobs",
            content = @Content(array = @ArraySchema(schema = @Schema(implementation = JobView.class))))
    ResponseEntity<byte[]> list(@RequestParam(defaultValue = "100") @Min(1) @Max(JobQuery.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Nullable Set<JobStatus> status,
            @RequestParam(required = false) @Pattern(regexp = JobQueues.NAME,
                    message = "{job.queue.name}") @Nullable String queue,
            @RequestParam(required = false) @Size(max = JobQuery.MAX_TEXT_LENGTH) @Nullable String q,
            @RequestParam(required = false) @Pattern(regexp = SCHEDULED,
                    message = "must be scheduled") @Nullable String state,
            @RequestParam(required = false) @Nullable String tag,
            @RequestParam(required = false) @Nullable String worker,
            @RequestParam(required = false) @Nullable String errorCode,
            @RequestParam(required = false) @Nullable Instant createdAfter,
            @RequestParam(required = false) @Nullable Instant createdBefore,
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters,
            @RequestParam(required = false) @Nullable String after) {
        JobFilter filter = new JobFilter(state != null, new FilterParameters(parameters).label(), named(worker),
                named(errorCode), createdAfter, createdBefore);
        JobQuery query = new JobQuery(limit, Objects.requireNonNullElse(status, Set.of()), queue, q, filter,
                this.caller.readsOnly(), (after != null) ? PageCursor.parse(after) : null);
        RenderedPage page = query.equals(JobQuery.NEWEST) ? this.snapshot.page()
                : this.renderer.render(this.list.page(query));
        return page(page);
    }

    private static @Nullable String named(@Nullable String value) {
        return (value == null || value.isBlank()) ? null : value;
    }

    private static ResponseEntity<byte[]> page(RenderedPage page) {
        ResponseEntity.BodyBuilder response = ResponseEntity.ok()
            .eTag(page.etag())
            .cacheControl(CacheControl.noCache());
        if (page.next() != null) {
            response.header(HttpHeaders.LINK, page.next().link());
        }
        return response.contentType(MediaType.APPLICATION_JSON).body(page.json());
    }

}
