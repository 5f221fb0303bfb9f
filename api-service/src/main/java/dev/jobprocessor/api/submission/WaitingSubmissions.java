package dev.jobprocessor.api.submission;

import java.io.IOException;

import dev.jobprocessor.api.jobs.JobView;
import dev.jobprocessor.api.jobs.Jobs;
import dev.jobprocessor.api.waits.WaitingCalls;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Submissions whose clients prefer to wait for the job. Whatever happens meanwhile, the
 * response says that the job was stored.
 */
@Component
class WaitingSubmissions {

    private static final Logger log = LoggerFactory.getLogger(WaitingSubmissions.class);

    private final WaitingCalls calls;

    private final Jobs jobs;

    private final JsonMapper mapper;

    WaitingSubmissions(WaitingCalls calls, Jobs jobs, JsonMapper mapper) {
        this.calls = calls;
        this.jobs = jobs;
        this.mapper = mapper;
    }

    /**
     * Sets the head of the response at once: the audit log has it before the call is
     * over.
     * @return the rest; null where that follows once the wait has ended
     */
    @Nullable ResponseEntity<JobView> respond(ResponseEntity<?> head, JobView stored, HttpServletRequest request,
            HttpServletResponse response) {
        response.setStatus(head.getStatusCode().value());
        head.getHeaders().forEach((name, values) -> values.forEach((value) -> response.addHeader(name, value)));
        boolean suspended = this.calls.suspend(stored.id(), request, response, "/jobs (wait)",
                (call, ended) -> respond(call, ended.orElseGet(() -> latest(stored))));
        return suspended ? null : ResponseEntity.status(head.getStatusCode()).body(stored);
    }

    private void respond(AsyncContext call, JobView job) {
        byte[] body = this.mapper.writeValueAsBytes(job);
        try {
            call.getResponse().setContentType(MediaType.APPLICATION_JSON_VALUE);
            // Not full, the buffer is sent by the server's own thread once the call is
            // complete.
            call.getResponse().setBufferSize(body.length + 1);
            call.getResponse().getOutputStream().write(body);
        }
        catch (IOException | IllegalStateException ex) {
            log.debug("The client of job {} is gone", job.id(), ex);
        }
        call.complete();
    }

    /** As it was stored, where it was deleted since or the database is unavailable. */
    private JobView latest(JobView stored) {
        try {
            return this.jobs.find(stored.id()).map(JobView::summary).orElse(stored);
        }
        catch (DataAccessException ex) {
            return stored;
        }
    }

}
