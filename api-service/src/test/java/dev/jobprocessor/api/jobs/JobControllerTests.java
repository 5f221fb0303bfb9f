package dev.jobprocessor.api.jobs;

import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

import dev.jobprocessor.api.ControllerTest;
import dev.jobprocessor.api.database.DatabaseAvailability;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;

@ControllerTest(JobController.class)
class JobControllerTests {

    private static final Instant NOW = Instant.parse("2026-11-24T09:30:15.042Z");

    private static final Job JOB = Job.submitted(JobRequest.of("prompt"), null, NOW, null);

    @Autowired
    private MockMvcTester mvc;

    @MockitoBean
    private DatabaseAvailability database;

    @MockitoBean
    private Jobs jobs;

    @ParameterizedTest(name = "{0} {1} {2} is answered {3}: {4}")
    @CsvSource(delimiter = '|', textBlock = """
            GET  | /jobs/nonsense     | | 404 | There is no job nonsense
            GET  | /nonsense          | | 404 | There is nothing at /nonsense
            POST | /jobs/1            | | 405 | POST
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
    @CsvSource({ "GET, /jobs/1", "POST, /jobs/1/retry", "POST, /jobs/1/cancel", "DELETE, /jobs/1" })
    void refusesCallsAtOnceWhileTheDatabaseIsKnownToBeUnavailable(HttpMethod method, String path) {
        given(this.database.isUnavailable()).willReturn(true);
        MvcTestResult answer = this.mvc.method(method).uri(path).exchange();
        assertThat(answer).hasStatus(503).hasHeader(HttpHeaders.RETRY_AFTER, "2");
        assertThat(answer).bodyJson().extractingPath("$.error").asString().startsWith("The database is unavailable");
        then(this.jobs).shouldHaveNoInteractions();
    }

    @Test
    void answersUnexpectedDatabaseErrorAndCountsIt(@Autowired MeterRegistry metrics) {
        double before = metrics.counter("database.errors").count();
        given(this.jobs.find("1")).willThrow(new InvalidDataAccessApiUsageException("two criteria without a key"));
        MvcTestResult answer = this.mvc.get().uri("/jobs/1").exchange();
        assertThat(answer).hasStatus(500).doesNotContainHeader(HttpHeaders.RETRY_AFTER);
        assertThat(answer).bodyJson().extractingPath("$.error").asString().doesNotContain("criteria");
        assertThat(metrics.counter("database.errors").count()).isEqualTo(before + 1);
    }

    @Test
    void tellsConflicts() {
        given(this.jobs.retry("1")).willThrow(new JobConflict("Job 1 is PENDING and cannot be retried."));
        MvcTestResult answer = post("/jobs/1/retry", "");
        assertThat(answer).hasStatus(409);
        assertThat(answer).bodyJson().extractingPath("$.error").isEqualTo("Job 1 is PENDING and cannot be retried.");
    }

    @Test
    void readsNoJobThatTheClientHas() {
        given(this.jobs.version(JOB.id())).willReturn(OptionalLong.of(JOB.version()));
        given(this.jobs.find(JOB.id())).willReturn(Optional.of(JOB));
        String tag = Objects.requireNonNull(
                this.mvc.get().uri("/jobs/" + JOB.id()).exchange().getResponse().getHeader(HttpHeaders.ETAG));
        then(this.jobs).should(never()).version(any());
        assertThat(find("\"other\", " + tag)).hasStatus(304)
            .hasHeader(HttpHeaders.ETAG, tag)
            .hasHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
            .body()
            .isEmpty();
        then(this.jobs).should(times(1)).find(any());
        assertThat(find("\"other\"")).hasStatus(200).hasHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    }

    @ParameterizedTest
    @ValueSource(strings = { "*", "W/\"1\"" })
    void answersThatThereIsNoJobWhateverTheClientHas(String tag) {
        given(this.jobs.version(any())).willReturn(OptionalLong.empty());
        assertThat(find(tag)).hasStatus(404);
    }

    @Test
    void showsWholeResultOfOneJob() {
        Job job = new Job(JOB.id(), JobRequest.of("prompt"), JobStatus.COMPLETED, 1, 1, 3, NOW, NOW, NOW, NOW, null,
                null, null, null, null, null, "worker-1", null, null, null,
                new JobResult("head", "head and tail", true, true), null, null, null, JOB.history(), null, null);
        given(this.jobs.find(JOB.id())).willReturn(Optional.of(job));
        MvcTestResult answer = this.mvc.get().uri("/jobs/" + JOB.id()).exchange();
        assertThat(answer).bodyJson().extractingPath("$.result").isEqualTo("head and tail");
        assertThat(answer).bodyJson().extractingPath("$.resultMalformed").isEqualTo(true);
        assertThat(answer).bodyJson().doesNotHavePath("$.resultTruncated");
        assertThat(answer).bodyJson().extractingPath("$.history[0].type").isEqualTo("CREATED");
    }

    private MvcTestResult find(String tag) {
        return this.mvc.get().uri("/jobs/" + JOB.id()).header(HttpHeaders.IF_NONE_MATCH, tag).exchange();
    }

    private MvcTestResult post(String path, String body) {
        return this.mvc.post().uri(path).contentType(MediaType.APPLICATION_JSON).content(body).exchange();
    }

}
