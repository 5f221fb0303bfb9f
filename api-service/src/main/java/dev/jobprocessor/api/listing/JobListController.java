package dev.jobprocessor.api.listing;

import java.io.IOException;

import dev.jobprocessor.api.database.PageCursor;
import dev.jobprocessor.api.database.PageOrder;
import dev.jobprocessor.api.filters.FilterParameters;
import dev.jobprocessor.api.filters.JobQuery;
import dev.jobprocessor.api.filters.JobSelector;
import dev.jobprocessor.api.jobs.Caller;
import dev.jobprocessor.api.jobs.JobView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;

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

    private static final String FILTERS = "One of q, state, tag, metadata.KEY, worker, errorCode, failure and result can be used at a time, "
            + "with queue, status, createdAfter and createdBefore (neither included) as needed.";

    private static final String NEWEST = "newest";

    private static final String ORDERS = "must be newest or oldest";

    private final JobList list;

    private final JobListSnapshot snapshot;

    private final RenderedPage.Renderer renderer;

    private final JobExport export;

    private final Caller caller;

    JobListController(JobList list, JobListSnapshot snapshot, RenderedPage.Renderer renderer, JobExport export,
            Caller caller) {
        this.list = list;
        this.snapshot = snapshot;
        this.renderer = renderer;
        this.export = export;
        this.caller = caller;
    }

    @GetMapping
    @Operation(summary = "List jobs, newest first or oldest first",
            description = "The Link header with rel=\"next\" leads to the next page, in the same order. Answers carry an ETag; "
                    + "If-None-Match with it is answered 304 while nothing changed. The status of a scheduled job is PENDING; "
                    + "state=scheduled lists those whose runAt is still ahead. " + FILTERS,
            parameters = @Parameter(in = ParameterIn.QUERY, name = FilterParameters.METADATA + "KEY",
                    description = "The value that a key of the metadata must have", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "200", description = "A page of jobs",
            content = @Content(array = @ArraySchema(schema = @Schema(implementation = JobView.class))))
    ResponseEntity<byte[]> list(@RequestParam(defaultValue = "100") @Min(1) @Max(JobQuery.MAX_LIMIT) int limit,
            @Valid @ParameterObject JobSelector selector,
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters,
            @RequestParam(defaultValue = NEWEST) @Pattern(regexp = PageOrder.NAMES, message = ORDERS) String order,
            @RequestParam(required = false) @Nullable String after) {
        PageOrder pageOrder = PageOrder.of(order);
        JobQuery query = selector.query(new FilterParameters(parameters), this.caller.readsOnly())
            .in(pageOrder)
            .page(limit, (after != null) ? PageCursor.parse(after, pageOrder) : null);
        RenderedPage page = query.equals(JobQuery.NEWEST) ? this.snapshot.page()
                : this.renderer.render(this.list.page(query));
        return page(page, pageOrder);
    }

    @GetMapping(path = "/export", produces = { MediaType.APPLICATION_NDJSON_VALUE, JobTable.TYPE })
    @Operation(summary = "Export jobs, a job a line, newest first or oldest first",
            description = "All jobs that match, whatever their number, in constant memory; oldest first, those that were created by then, as lists show them: of a result the "
                    + "first 8 KiB. In CSV (RFC 4180), metadata and tags are JSON, and a text that a spreadsheet would take for a "
                    + "formula begins with an apostrophe. " + FILTERS,
            parameters = @Parameter(in = ParameterIn.QUERY, name = FilterParameters.METADATA + "KEY",
                    description = "The value that a key of the metadata must have", schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "200", description = "The jobs",
            content = @Content(mediaType = MediaType.APPLICATION_NDJSON_VALUE, schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "503", description = "As many exports run on this instance as may")
    void export(
            @RequestParam(defaultValue = JobExport.NDJSON) @Pattern(regexp = JobExport.NDJSON + "|" + JobExport.CSV,
                    message = "must be ndjson or csv") String format,
            @Valid @ParameterObject JobSelector selector,
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters,
            @RequestParam(defaultValue = NEWEST) @Pattern(regexp = PageOrder.NAMES, message = ORDERS) String order,
            HttpServletResponse response) throws IOException {
        JobQuery query = selector.query(new FilterParameters(parameters), this.caller.readsOnly());
        this.export.write(query.in(PageOrder.of(order)), format, response);
    }

    private static ResponseEntity<byte[]> page(RenderedPage page, PageOrder order) {
        ResponseEntity.BodyBuilder response = ResponseEntity.ok()
            .eTag(page.etag())
            .cacheControl(CacheControl.noCache());
        if (page.next() != null) {
            response.header(HttpHeaders.LINK, page.next().link(order));
        }
        return response.contentType(MediaType.APPLICATION_JSON).body(page.json());
    }

}
