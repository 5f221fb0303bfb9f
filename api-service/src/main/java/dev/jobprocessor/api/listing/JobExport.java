package dev.jobprocessor.api.listing;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobView;
import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;

/**
 * Writes all jobs of a query, read page by page: in constant memory, whatever their
 * number. At most {@value #MAX_EXPORTS} run at the same time, each of which reads as fast
 * as its client does.
 */
@Component
class JobExport {

    static final String NDJSON = "ndjson";

    static final String CSV = "csv";

    static final int MAX_EXPORTS = 2;

    private final Semaphore free = new Semaphore(MAX_EXPORTS);

    private final JobList list;

    private final JsonMapper mapper;

    private final JobTable table;

    JobExport(JobList list, JsonMapper mapper) {
        this.list = list;
        this.mapper = mapper;
        this.table = new JobTable(mapper);
    }

    /**
     * Writes a job a line.
     * @throws TooManyExports if as many run as may
     */
    void write(JobQuery query, String format, HttpServletResponse response) throws IOException {
        if (!this.free.tryAcquire()) {
            throw new TooManyExports();
        }
        try {
            if (format.equals(CSV)) {
                write(query, this.table.writer(), this.table::row, attachment(response, "jobs.csv", JobTable.TYPE));
            }
            else {
                write(query, this.mapper.writerFor(JobView.class).withRootValueSeparator("\n"), (job) -> job,
                        attachment(response, "jobs.ndjson", MediaType.APPLICATION_NDJSON_VALUE));
            }
        }
        finally {
            this.free.release();
        }
    }

    private void write(JobQuery query, ObjectWriter writer, Function<JobView, Object> line,
            HttpServletResponse response) throws IOException {
        JobPage page = this.list.page(query);
        SequenceWriter lines = writer.writeValues(response.getOutputStream());
        write(page, lines, line);
        while (page.next() != null) {
            page = this.list.page(query.page(query.limit(), page.next()));
            write(page, lines, line);
        }
        lines.close(); // not where a page fails, or the client would take its part for
                       // the whole
    }

    private static void write(JobPage page, SequenceWriter lines, Function<JobView, Object> line) {
        for (Job job : page.jobs()) {
            lines.write(line.apply(JobView.summary(job)));
        }
    }

    private static HttpServletResponse attachment(HttpServletResponse response, String name, String type) {
        response.setContentType(type);
        response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(name).build().toString());
        return response;
    }

    /** Returned as 503. */
    static class TooManyExports extends ErrorResponseException {

        private static final String RETRY_AFTER_SECONDS = "10";

        TooManyExports() {
            super(HttpStatus.SERVICE_UNAVAILABLE);
            setDetail("This instance runs %d exports, please try again later.".formatted(MAX_EXPORTS));
            getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }

    }

}
