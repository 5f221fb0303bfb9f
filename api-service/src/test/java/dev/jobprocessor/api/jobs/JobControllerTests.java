package dev.jobprocessor.api.jobs;

import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;
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

@WebMvcTest(controllers = JobController.class,
        includeFilters = @Filter(type = FilterType.REGEX, pattern = "dev.jobprocessor.api.http.JsonFormat"),
        excludeFilters = @Filter(type = FilterType.REGEX, pattern = "dev.jobprocessor.api.callback.*"))
@Import({ RenderedPage.Renderer.class, DatabaseErrors.class, SimpleMeterRegistry.class })
class JobControllerTests {

    private static final Instant NOW = Instant.parse("2026-11-24T09:30:15.042Z");

    private static final Job JOB = Job.submitted(new NewJob("prompt", null), NOW, null);

    @Autowired
    private MockMvcTester mvc;

    @MockitoBean
    private JobSubmissions submissions;

    @MockitoBean
    private Jobs jobs;

    @MockitoBean
    private JobList list;

    @MockitoBean
    private JobListSnapshot snapshot;

    @ParameterizedTest(name = "{0} {1} {2} is answered {3}: {4}")
    @CsvSource(delimiter = '|',
            textBlock = """
                    POST | /jobs | {                           | 400 | not the JSON that is expected
                    POST | /jobs | ''                          | 400 | not the JSON that is expected
                    POST | /jobs | null                        | 400 | not the JSON that is expected
                    POST | /jobs | []                          | 400 | not the JSON that is expected
                    POST | /jobs | "text"                      | 400 | not the JSON that is expected
                    POST | /jobs | {}                          | 400 | prompt must be a string
                    POST | /jobs | {"prompt":null}             | 400 | prompt must be a string
                    POST | /jobs | {"prompt":5}                | 400 | prompt must be a string
                    POST | /jobs | {"prompt":true}             | 400 | prompt must be a string
                    POST | /jobs | {"prompt":{"a":"b"}}        | 400 | prompt must be a string
                    POST | /jobs | {"prompt":["a"]}            | 400 | prompt must be a string
                    POST | /jobs | {"prompt":""}               | 400 | prompt must have 1 to 5000 characters
                    POST | /jobs | {"prompt":" \\t\\n\\u00a0"} | 400 | prompt must have 1 to 5000 characters
                    POST | /jobs | {"prompt":"a\\ud83d"}       | 400 | prompt must be valid Unicode
                    POST | /jobs | {"prompt":"a","timeoutSeconds":0}     | 400 | timeoutSeconds must be 1 to 86400
                    POST | /jobs | {"prompt":"a","timeoutSeconds":86401} | 400 | timeoutSeconds must be 1 to 86400
                    POST | /jobs | {"prompt":"a","timeoutSeconds":"x"}   | 400 | timeoutSeconds
                    POST | /jobs/batch | [{"prompt":"a"},{"prompt":"b","timeoutSeconds":86401}] | 400 | [1].timeoutSeconds must be 1 to 86400
                    POST | /jobs/batch | [{"prompt":"a","timeoutSeconds":0}] | 400 | [0].timeoutSeconds must be 1 to 86400
                    POST | /jobs/batch | {}                    | 400 | not the JSON that is expected
                    POST | /jobs/batch | []                    | 400 | must have 1 to 1000 jobs
                    POST | /jobs/batch | [null]                | 400 | [0] must be a job
                    POST | /jobs/batch | ["a"]                 | 400 | [0] has the wrong type
                    POST | /jobs/batch | [{"prompt":"a"},{"prompt":""}] | 400 | [1].prompt must have 1 to 5000 characters
                    POST | /jobs/batch | [{"prompt":"a"},{"prompt":7}]  | 400 | [1].prompt must be a string
                    GET  | /jobs?limit=0      | | 400 | limit must be
                    GET  | /jobs?limit=501    | | 400 | limit must be
                    GET  | /jobs?limit=-1     | | 400 | limit must be
                    GET  | /jobs?limit=ten    | | 400 | limit cannot be 'ten'
                    GET  | /jobs?limit=99999999999 | | 400 | limit cannot be
                    GET  | /jobs?status=DONE  | | 400 | status cannot be 'DONE'
                    GET  | /jobs?after=x      | | 400 | after must be the cursor
                    GET  | /jobs/nonsense     | | 404 | There is no job nonsense
                    GET  | /nonsense          | | 404 | There is nothing at /nonsense
                    PUT  | /jobs              | | 405 | PUT
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
        then(this.submissions).shouldHaveNoInteractions();
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
    void looksAtNoMoreOfABatchThanItIsRefusedBy() {
        String batch = IntStream.range(0, 100_000).mapToObj((i) -> "{}").collect(Collectors.joining(",", "[", "]"));
        MvcTestResult answer = this.mvc.post()
            .uri("/jobs/batch")
            .contentType(MediaType.APPLICATION_JSON)
            .content(batch)
            .exchange();
        assertThat(answer).hasStatus(400);
        assertThat(answer).bodyJson().extractingPath("$.error").asString().contains("must have 1 to 1000 jobs");
        assertThat(answer).bodyJson()
            .extractingPath("$.errors")
            .convertTo(Object[].class)
            .satisfies((errors) -> assertThat(errors).hasSizeLessThanOrEqualTo(Batch.MAX_SIZE + 2));
    }

    @Test
    void answersWrongContentType() {
        MvcTestResult answer = this.mvc.post().uri("/jobs").contentType(MediaType.TEXT_PLAIN).content("a").exchange();
        assertThat(answer).hasStatus(415).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void refusesToWriteWhatTheClientDoesNotAccept() {
        MvcTestResult answer = this.mvc.post()
            .uri("/jobs")
            .accept(MediaType.TEXT_HTML)
            .contentType(MediaType.APPLICATION_JSON)
            .content("{\"prompt\":\"a\"}")
            .exchange();
        assertThat(answer).hasStatus(406);
        then(this.submissions).shouldHaveNoInteractions();
    }

    @Test
    void namesFieldsThatAreToBlame() {
        MvcTestResult answer = post("/jobs/batch", "[{\"prompt\":\"\"},{\"prompt\":\"a\"},{}]");
        assertThat(answer).bodyJson()
            .extractingPath("$.errors[*].field")
            .isEqualTo(List.of("[0].prompt", "[2].prompt"));
    }

    @Test
    void takesPromptAtItsLimit() {
        given(this.submissions.submit(any(), any())).willReturn(new Submission(List.of(JOB), List.of(JOB)));
        assertThat(post("/jobs", "{\"prompt\":\" %s \"}".formatted("x".repeat(5000)))).hasStatus(201);
        then(this.submissions).should().submit(NewJobs.of("x".repeat(5000)), null);
    }

    @Test
    void refusesPromptPastItsLimit() {
        assertThat(post("/jobs", "{\"prompt\":\"%s\"}".formatted("x".repeat(5001)))).hasStatus(400);
    }

    @Test
    void takesBatchAtItsLimit() {
        given(this.submissions.submit(any(), any())).willReturn(new Submission(List.of(JOB), List.of(JOB)));
        assertThat(post("/jobs/batch", batch(Batch.MAX_SIZE))).hasStatus(201);
    }

    @Test
    void refusesBatchPastItsLimit() {
        assertThat(post("/jobs/batch", batch(Batch.MAX_SIZE + 1))).hasStatus(400);
    }

    @Test
    void takesIdempotencyKeyAtItsLimit() {
        String key = "k".repeat(255);
        given(this.submissions.submit(NewJobs.of("a"), key)).willReturn(new Submission(List.of(JOB), List.of()));
        MvcTestResult answer = postWithKey(key);
        assertThat(answer).hasStatus(200).containsHeader("Idempotent-Replayed");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "two words", "clé" })
    void refusesMalformedIdempotencyKey(String key) {
        MvcTestResult answer = postWithKey(key);
        assertThat(answer).hasStatus(400);
        assertThat(answer).bodyJson().extractingPath("$.errors[0].field").isEqualTo("Idempotency-Key");
    }

    @Test
    void refusesIdempotencyKeyPastItsLimit() {
        assertThat(postWithKey("k".repeat(256))).hasStatus(400);
    }

    @Test
    void refusesSearchPastItsLimit() {
        given(this.list.page(any())).willReturn(new JobPage(List.of(), null));
        assertThat(this.mvc.get().uri("/jobs?q=" + "x".repeat(200))).hasStatus(200);
        assertThat(this.mvc.get().uri("/jobs?q=" + "x".repeat(201))).hasStatus(400);
    }

    @Test
    void refusesBodyPastItsLimit() {
        MvcTestResult answer = post("/jobs", " ".repeat(64 * 1024) + "{\"prompt\":\"a\"}");
        assertThat(answer).hasStatus(413).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().extractingPath("$.error").asString().contains("65,536 bytes");
    }

    @Test
    void answersWhatWasStored() {
        given(this.submissions.submit(NewJobs.of("prompt"), null))
            .willReturn(new Submission(List.of(JOB), List.of(JOB)));
        MvcTestResult answer = post("/jobs", "{\"prompt\":\"prompt\"}");
        assertThat(answer).hasStatus(201).hasHeader(HttpHeaders.LOCATION, "http://localhost/jobs/" + JOB.id());
        assertThat(answer).bodyJson().isLenientlyEqualTo("""
                {"id": "%s", "prompt": "prompt", "status": "PENDING", "attempt": 1, "version": 1,
                 "createdAt": "2026-11-24T09:30:15.042Z", "updatedAt": "2026-11-24T09:30:15.042Z"}
                """.formatted(JOB.id()));
    }

    @Test
    void returns503WhileTheDatabaseIsUnavailable() {
        given(this.submissions.submit(any(), any()))
            .willThrow(new DataAccessResourceFailureException("connection refused"));
        MvcTestResult answer = post("/jobs", "{\"prompt\":\"a\"}");
        assertThat(answer).hasStatus(503).hasHeader(HttpHeaders.RETRY_AFTER, "2");
        assertThat(answer).bodyJson().extractingPath("$.error").asString().doesNotContain("connection refused");
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
    void saysThatAKeysJobsWereDeleted() {
        given(this.submissions.submit(any(), any())).willThrow(new JobsDeleted(Arrays.asList("1", null)));
        MvcTestResult answer = post("/jobs", "{\"prompt\":\"a\"}");
        assertThat(answer).hasStatus(410).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().extractingPath("$.jobs").isEqualTo(Arrays.asList("1", null));
        assertThat(answer).bodyJson().extractingPath("$.error").asString().contains("2 jobs, of which 1");
    }

    @Test
    void says503WhereTheDatabaseDoesNotKeepUp() {
        given(this.submissions.submit(any(), any())).willThrow(SubmissionUnavailable.notAccepted());
        MvcTestResult answer = post("/jobs", "{\"prompt\":\"a\"}");
        assertThat(answer).hasStatus(503).hasHeader(HttpHeaders.RETRY_AFTER, "2");
        assertThat(answer).bodyJson().extractingPath("$.error").asString().contains("Nothing was accepted");
    }

    @Test
    void tellsConflicts() {
        given(this.jobs.retry("1")).willThrow(new JobConflict("Job 1 is PENDING and cannot be retried."));
        MvcTestResult answer = post("/jobs/1/retry", "");
        assertThat(answer).hasStatus(409);
        assertThat(answer).bodyJson().extractingPath("$.error").isEqualTo("Job 1 is PENDING and cannot be retried.");
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
        JobCursor next = JobCursor.after(JOB);
        given(this.list.page(any())).willReturn(new JobPage(List.of(JOB), next));
        assertThat(this.mvc.get().uri("/jobs?limit=1&status=PENDING,FAILED")).hasStatus(200)
            .hasHeader(HttpHeaders.LINK,
                    "<http://localhost/jobs?limit=1&status=PENDING,FAILED&after=" + next + ">; rel=\"next\"");
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

    private MvcTestResult find(String tag) {
        return this.mvc.get().uri("/jobs/" + JOB.id()).header(HttpHeaders.IF_NONE_MATCH, tag).exchange();
    }

    @Test
    void showsWholeResultOfOneJob() {
        Job job = new Job(JOB.id(), "prompt", null, JobStatus.COMPLETED, 1, 3, NOW, NOW, NOW, NOW, null, null,
                "worker-1", new JobResult("head", "head and tail", true), null, null, JOB.history(), null);
        given(this.jobs.find(JOB.id())).willReturn(Optional.of(job));
        MvcTestResult answer = this.mvc.get().uri("/jobs/" + JOB.id()).exchange();
        assertThat(answer).bodyJson().extractingPath("$.result").isEqualTo("head and tail");
        assertThat(answer).bodyJson().doesNotHavePath("$.resultTruncated");
        assertThat(answer).bodyJson().extractingPath("$.history[0].type").isEqualTo("CREATED");
    }

    private MvcTestResult post(String path, String body) {
        return this.mvc.post().uri(path).contentType(MediaType.APPLICATION_JSON).content(body).exchange();
    }

    private MvcTestResult postWithKey(String key) {
        return this.mvc.post()
            .uri("/jobs")
            .header("Idempotency-Key", key)
            .contentType(MediaType.APPLICATION_JSON)
            .content("{\"prompt\":\"a\"}")
            .exchange();
    }

    private static String batch(int size) {
        return IntStream.range(0, size)
            .mapToObj((i) -> "{\"prompt\":\"%d\"}".formatted(i))
            .collect(Collectors.joining(",", "[", "]"));
    }

}
