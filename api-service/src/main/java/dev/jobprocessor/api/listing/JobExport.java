package dev.jobprocessor.api.listing;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.concurrent.Semaphore;

import dev.jobprocessor.api.database.PageOrder;
import dev.jobprocessor.api.filters.JobQuery;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobView;
import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.core.exc.JacksonIOException;
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

    private final Clock clock;

    JobExport(JobList list, JsonMapper mapper, Clock clock) {
        this.list = list;
        this.clock = clock;
        this.mapper = mapper;
        this.table = new JobTable(mapper);
    }

    /**
     * Writes a job a line. Jobs that are created meanwhile are not among the oldest
     * first, or there might be no end of them.
     * @throws TooManyExports if as many run as may
     */
    void write(JobQuery asked, String format, HttpServletResponse response) throws IOException {
        if (!this.free.tryAcquire()) {
            throw new TooManyExports();
        }
        try {
            JobQuery query = (asked.order() == PageOrder.OLDEST)
                    ? asked.createdBefore(this.clock.instant().plusMillis(1)) : asked;
            JobPage first = this.list.page(query); // a failure of it is a problem, not a
                                                   // file
            if (format.equals(CSV)) {
                writeTable(query, first, attachment(response, "jobs.csv", JobTable.TYPE));
            }
            else {
                writeLines(query, first, attachment(response, "jobs.ndjson", MediaType.APPLICATION_NDJSON_VALUE));
            }
        }
        finally {
            this.free.release();
        }
    }

    /** Throws what the connection threw, as lines do. */
    private void writeTable(JobQuery query, JobPage first, HttpServletResponse response) throws IOException {
        try {
            SequenceWriter rows = this.table.writer().writeValues(response.getOutputStream());
            each(query, first, (job) -> rows.write(this.table.row(job)));
            rows.close(); // not where a page fails, or the client would take its part for
                          // the whole
        }
        catch (JacksonIOException ex) {
            throw ex.getCause();
        }
    }

    private void writeLines(JobQuery query, JobPage first, HttpServletResponse response) throws IOException {
        OutputStream lines = response.getOutputStream();
        each(query, first, (job) -> {
            lines.write(this.mapper.writeValueAsBytes(job));
            lines.write('\n');
        });
    }

    private void each(JobQuery query, JobPage first, Line line) throws IOException {
        JobPage page = first;
        write(page, line);
        while (page.next() != null) {
            page = this.list.page(query.page(query.limit(), page.next()));
            write(page, line);
        }
    }

    private static void write(JobPage page, Line line) throws IOException {
        for (Job job : page.jobs()) {
            line.write(JobView.summary(job));
        }
    }

    private static HttpServletResponse attachment(HttpServletResponse response, String name, String type) {
        response.setContentType(type);
        response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(name).build().toString());
        return response;
    }

    /** Writes one job. */
    private interface Line {

        void write(JobView job) throws IOException;

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
