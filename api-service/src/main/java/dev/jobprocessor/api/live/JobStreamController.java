package dev.jobprocessor.api.live;

import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobNotFound;
import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.jobs.JobView;
import dev.jobprocessor.api.jobs.Jobs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Jobs")
class JobStreamController {

    private static final String CONTENT_TYPE = MediaType.TEXT_EVENT_STREAM_VALUE + ";charset=UTF-8";

    private final JobStreams streams;

    private final Jobs jobs;

    JobStreamController(JobStreams streams, Jobs jobs) {
        this.streams = streams;
        this.jobs = jobs;
    }

    @GetMapping(path = "/jobs/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(summary = "Follow one job by server-sent events",
            description = "Events: state, the job as a read returns it; progress, {attempt, percent, message, at}; "
                    + "output, {attempt, offset, text, next}, what the attempt wrote; deleted, {id}. The stream closes after the state of a job that has finished, and after deleted.")
    @ApiResponse(responseCode = "200",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "204", description = "Nothing follows the event that Last-Event-ID names",
            content = @Content)
    @Nullable ResponseEntity<Void> follow(@PathVariable String id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            HttpServletRequest request, HttpServletResponse response) {
        StreamPosition position = StreamPosition.of(lastEventId);
        JobStream stream = this.streams.open(id, position);
        try {
            Job job = this.jobs.find(id).orElseThrow(() -> new JobNotFound(id));
            boolean over = job.status() != JobStatus.PENDING && !stream.misses(job.version());
            if (over || request.getMethod().equals("HEAD")) {
                this.streams.close(stream);
                return over ? ResponseEntity.noContent().build() : ResponseEntity.ok().build();
            }
            stream.begin(JobView.of(job));
            this.streams.follow(stream, start(request, response));
            return null;
        }
        catch (RuntimeException ex) {
            this.streams.close(stream);
            throw ex;
        }
    }

    /** Nothing in between may keep or hold back what is written. */
    private static AsyncContext start(HttpServletRequest request, HttpServletResponse response) {
        response.setContentType(CONTENT_TYPE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store, no-transform");
        response.setHeader("X-Accel-Buffering", "no");
        AsyncContext call = request.startAsync();
        call.setTimeout(0);
        return call;
    }

}
