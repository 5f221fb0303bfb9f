package dev.jobprocessor.api.jobs;

import java.util.OptionalLong;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

@RestController
@Tag(name = "Jobs")
@RequestMapping(path = "/jobs", produces = MediaType.APPLICATION_JSON_VALUE)
class JobController {

    private final Jobs jobs;

    private final JsonMapper mapper;

    JobController(Jobs jobs, JsonMapper mapper) {
        this.jobs = jobs;
        this.mapper = mapper;
    }

    @GetMapping("/{id}")
    @Operation(summary = "Read one job, with its whole result and its history",
            description = "The answer carries an ETag; If-None-Match with it is answered 304 while the job is the same.")
    @Parameter(name = "Prefer", in = ParameterIn.HEADER, schema = @Schema(type = "string", example = "wait=30"),
            description = "wait=N: return the job once it has ended, or as it is after N seconds, at most 60; "
                    + "Preference-Applied shows that it was so (RFC 7240)")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = JobView.class)))
    ResponseEntity<byte[]> find(@PathVariable String id, WebRequest request) {
        if (request.getHeader(HttpHeaders.IF_NONE_MATCH) != null && isUnchanged(id, request)) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED).cacheControl(CacheControl.noCache()).build();
        }
        Job job = this.jobs.find(id).orElseThrow(() -> new JobNotFound(id));
        return ResponseEntity.ok()
            .eTag(tag(job.version()))
            .cacheControl(CacheControl.noCache())
            .contentType(MediaType.APPLICATION_JSON)
            .body(this.mapper.writeValueAsBytes(JobView.of(job)));
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

}
