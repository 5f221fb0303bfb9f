package dev.jobprocessor.api.listing;

import java.net.URI;
import java.time.Instant;
import java.util.List;

import dev.jobprocessor.api.ControllerTest;
import dev.jobprocessor.api.database.DatabaseAvailability;
import dev.jobprocessor.api.database.PageCursor;
import dev.jobprocessor.api.database.PageOrder;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;

@ControllerTest(JobListController.class)
@Import({ RenderedPage.Renderer.class, JobExport.class })
@MockitoBean(types = DatabaseAvailability.class)
class JobListControllerTests {

    private static final Instant NOW = Instant.parse("2026-11-24T09:30:15.042Z");

    private static final Job JOB = Job.submitted(JobRequest.of("prompt"), null, NOW, null);

    @Autowired
    private MockMvcTester mvc;

    @MockitoBean
    private JobList list;

    @MockitoBean
    private JobListSnapshot snapshot;

    @ParameterizedTest(name = "{0} {1} {2} is answered {3}: {4}")
    @CsvSource(delimiter = '|', textBlock = """
            GET  | /jobs?limit=0      | | 400 | limit must be
            GET  | /jobs?limit=501    | | 400 | limit must be
            GET  | /jobs?limit=-1     | | 400 | limit must be
            GET  | /jobs?limit=ten    | | 400 | limit cannot be 'ten'
            GET  | /jobs?limit=99999999999 | | 400 | limit cannot be
            GET  | /jobs?status=DONE  | | 400 | status cannot be 'DONE'
            GET  | /jobs?metadata.=a  | | 400 | metadata. must be followed by a key
            GET  | /jobs?metadata.a%3Db=c            | | 400 | metadata. must be followed by a key
            GET  | /jobs?tag=a&tag=b  | | 400 | No index serves tag and tag together
            GET  | /jobs?tag=a&metadata.b=c          | | 400 | No index serves tag and metadata.b together
            GET  | /jobs?metadata.a=b&metadata.c=d   | | 400 | No index serves metadata.a and metadata.c together
            GET  | /jobs?q=a&worker=b | | 400 | No index serves q and worker together
            GET  | /jobs?state=scheduled&errorCode=b | | 400 | No index serves state and errorCode together
            GET  | /jobs?createdAfter=x              | | 400 | createdAfter cannot be 'x'
            GET  | /jobs?createdBefore=2026-11-24    | | 400 | createdBefore cannot be '2026-11-24'
            GET  | /jobs?state=late   | | 400 | state must be scheduled
            GET  | /jobs?result=json  | | 400 | result must be malformed
            GET  | /jobs?tag=a&result=malformed      | | 400 | No index serves tag and result together
            GET  | /jobs?order=size   | | 400 | order must be newest or oldest
            GET  | /jobs/export?order=OLDEST         | | 400 | order must be newest or oldest
            GET  | /jobs?after=x      | | 400 | after must be the cursor
            GET  | /jobs?queue=       | | 400 | queue must have 1 to 64 characters
            GET  | /jobs?queue=LLM    | | 400 | queue must have 1 to 64 characters
            PUT  | /jobs              | | 405 | PUT
            GET  | /jobs/export?format=xml           | | 400 | format must be ndjson or csv
            GET  | /jobs/export?status=DONE&queue=X  | | 400 | status cannot be 'DONE'
            GET  | /jobs/export?tag=a&worker=b       | | 400 | No index serves tag and worker together
            """)
    void answersBadInput(String method, String path, @Nullable String body, int status, String error) {
        MvcTestResult answer = this.mvc.method(HttpMethod.valueOf(method))
            .uri(URI.create(path))
            .contentType(MediaType.APPLICATION_JSON)
            .content((body != null) ? body : "")
            .exchange();
        assertThat(answer).hasStatus(status).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().extractingPath("$.error").asString().contains(error);
        assertThat(answer).bodyJson().extractingPath("$.status").isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = { "x", "\ud83d\ude80" })
    void repeatsLittleOfWhatItRefuses(String text) {
        MvcTestResult answer = this.mvc.get().uri("/jobs?status={status}", "x" + text.repeat(60_000)).exchange();
        assertThat(answer).hasStatus(400);
        assertThat(answer).bodyJson()
            .extractingPath("$.error")
            .asString()
            .startsWith("status cannot be 'x")
            .hasSizeLessThanOrEqualTo(1000);
    }

    @Test
    void refusesSearchPastItsLimit() {
        given(this.list.page(any())).willReturn(new JobPage(List.of(), null));
        assertThat(this.mvc.get().uri("/jobs?q=" + "x".repeat(200))).hasStatus(200);
        assertThat(this.mvc.get().uri("/jobs?q=" + "x".repeat(201))).hasStatus(400);
    }

    @ParameterizedTest
    @ValueSource(strings = { "tag=a&status=PENDING&createdAfter=2026-11-24T09:30:00Z&limit=5", "q=&tag=a",
            "createdBefore=%2B1000000000-12-31T23:59:59.999999999Z", "createdAfter=-1000000000-01-01T00:00:00Z",
            "metadata.a=", "metadata=a&tag=b" })
    void takesOneFilterWithStatusAndTimes(String query) {
        given(this.list.page(any())).willReturn(new JobPage(List.of(), null));
        assertThat(this.mvc.get().uri(URI.create("/jobs?" + query))).hasStatus(200);
    }

    @Test
    void sendsUnchangedPageOnlyOnce() {
        RenderedPage page = new RenderedPage("[]".getBytes(), "\"tag\"", null);
        given(this.snapshot.page()).willReturn(page);
        assertThat(this.mvc.get().uri("/jobs")).hasStatus(200).hasHeader(HttpHeaders.ETAG, "\"tag\"").body().hasSize(2);
        assertThat(this.mvc.get().uri("/jobs").header(HttpHeaders.IF_NONE_MATCH, "\"tag\"")).hasStatus(304)
            .body()
            .isEmpty();
        assertThat(this.mvc.get().uri("/jobs").header(HttpHeaders.IF_NONE_MATCH, "\"other\"")).hasStatus(200);
    }

    @Test
    void linksToNextPage() {
        PageCursor next = new PageCursor(JOB.createdAt(), JOB.id());
        given(this.list.page(any())).willReturn(new JobPage(List.of(JOB), next));
        assertThat(this.mvc.get().uri("/jobs?limit=1&status=PENDING,FAILED")).hasStatus(200)
            .hasHeader(HttpHeaders.LINK, "<http://localhost/jobs?limit=1&status=PENDING,FAILED&after="
                    + next.text(PageOrder.NEWEST) + ">; rel=\"next\"");
    }

    @Test
    void linksToNextPageInTheSameOrder() {
        PageCursor next = new PageCursor(JOB.createdAt(), JOB.id());
        given(this.list.page(any())).willReturn(new JobPage(List.of(JOB), next));
        assertThat(this.mvc.get().uri("/jobs?order=oldest")).hasStatus(200)
            .hasHeader(HttpHeaders.LINK,
                    "<http://localhost/jobs?order=oldest&after=" + next.text(PageOrder.OLDEST) + ">; rel=\"next\"");
    }

}
