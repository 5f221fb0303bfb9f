package dev.jobprocessor.api.listing;

import java.time.Instant;
import java.util.List;

import dev.jobprocessor.api.database.PageCursor;
import dev.jobprocessor.api.filters.JobQuery;
import dev.jobprocessor.api.filters.JobSearch;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobRequest;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

/** Reads a query as the API does, up to where the database would be asked. */
@TestConfiguration(proxyBeanMethods = false)
@Import(RenderedPage.Renderer.class)
public class ListsOneJob {

    private static final Job JOB = Job.submitted(JobRequest.of("prompt"), null, Instant.EPOCH, null);

    @Bean
    JobList list() {
        JobList list = mock(withSettings().stubOnly());
        given(list.page(any())).willAnswer((call) -> page(call.getArgument(0)));
        return list;
    }

    @Bean
    JobListSnapshot snapshot() {
        JobListSnapshot snapshot = mock(withSettings().stubOnly());
        given(snapshot.page()).willReturn(new RenderedPage(new byte[0], "\"etag\"", null));
        return snapshot;
    }

    /** Each page here is followed by another: an export would have no end. */
    @Bean
    JobExport export() {
        return mock(withSettings().stubOnly());
    }

    private static JobPage page(JobQuery query) {
        if (query.text() != null) {
            JobSearch.criteria(query.text());
        }
        return new JobPage(List.of(JOB), new PageCursor(JOB.createdAt(), JOB.id()));
    }

}
