package dev.jobprocessor.api.submission;

import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.jobprocessor.api.ControllerTest;
import dev.jobprocessor.api.database.DatabaseAvailability;
import dev.jobprocessor.api.jobs.Job;
import dev.jobprocessor.api.jobs.JobRequest;
import dev.jobprocessor.api.jobs.JobRequests;
import dev.jobprocessor.api.jobs.Jobs;
import dev.jobprocessor.api.jobs.RetryPolicy;
import dev.jobprocessor.api.waits.WaitingCalls;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;
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

@ControllerTest(SubmissionController.class)
@Import(WaitingSubmissions.class)
@MockitoBean(types = { DatabaseAvailability.class, Jobs.class, WaitingCalls.class })
class SubmissionControllerTests {

    private static final Instant NOW = Instant.parse("2026-11-24T09:30:15.042Z");

    private static final Job JOB = Job.submitted(JobRequest.of("prompt"), null, NOW, null);

    @Autowired
    private MockMvcTester mvc;

    @MockitoBean
    private JobSubmissions submissions;

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
                    POST | /jobs | {"prompt":"a","priority":"low"} | 400 | priority must be normal or high
                    POST | /jobs | {"prompt":"a","priority":"HIGH"} | 400 | priority must be normal or high
                    POST | /jobs | {"prompt":"a","priority":""} | 400 | priority must be normal or high
                    POST | /jobs | {"prompt":"a","priority":5}  | 400 | priority must be a string
                    POST | /jobs/batch | [{"prompt":"a"},{"prompt":"b","priority":"low"}] | 400 | [1].priority must be normal or high
                    POST | /jobs | {"prompt":"a","webhook":{}}  | 400 | webhook.url must be a URL of at most 2048 characters
                    POST | /jobs | {"prompt":"a","webhook":"http://a"} | 400 | webhook has the wrong type
                    POST | /jobs | {"prompt":"a","webhook":{"url":"ftp://a"}} | 400 | webhook.url must be a URL of http or https
                    POST | /jobs | {"prompt":"a","webhook":{"url":"http://a#b"}} | 400 | webhook.url must not have user info or a fragment
                    POST | /jobs | {"prompt":"a","webhook":{"url":"http://a","events":["job.started"]}} | 400 | must be job.completed, job.failed or job.cancelled
                    POST | /jobs | {"prompt":"a","webhook":{"url":"http://a","events":[null]}} | 400 | must be job.completed, job.failed or job.cancelled
                    POST | /jobs/batch | [{"prompt":"a"},{"prompt":"b","webhook":{"url":"a"}}] | 400 | [1].webhook.url must be a URL of http or https
                    POST | /jobs | {"prompt":"a","queue":"lmm"} | 400 | queue must be one of default, llm, slow.reports_2-eu
                    POST | /jobs | {"prompt":"a","queue":"LLM"} | 400 | queue must be one of default
                    POST | /jobs | {"prompt":"a","queue":""}    | 400 | queue must be one of default
                    POST | /jobs | {"prompt":"a","queue":" llm"} | 400 | queue must be one of default
                    POST | /jobs | {"prompt":"a","queue":"${llm}"} | 400 | queue must be one of default
                    POST | /jobs | {"prompt":"a","queue":7}     | 400 | queue must be a string
                    POST | /jobs/batch | [{"prompt":"a"},{"prompt":"b","queue":"lmm"}] | 400 | [1].queue must be one of default
                    POST | /jobs | {"prompt":"a","runAt":"tomorrow"}            | 400 | runAt must be a time such as
                    POST | /jobs | {"prompt":"a","runAt":"2026-11-24T09:30:00"} | 400 | runAt must be a time such as
                    POST | /jobs | {"prompt":"a","runAt":1795512600}            | 400 | runAt must be a time such as
                    POST | /jobs | {"prompt":"a","runAt":1e999999999}           | 400 | runAt must be a time such as
                    POST | /jobs | {"prompt":"a","expiresAt":true}              | 400 | expiresAt must be a time such as
                    POST | /jobs | {"prompt":"a","expiresAt":""}                | 400 | expiresAt must be a time such as
                    POST | /jobs/batch | [{"prompt":"a"},{"prompt":"b","runAt":5}] | 400 | [1].runAt must be a time such as
                    POST | /jobs | {"prompt":"a","tags":"b"}           | 400 | tags has the wrong type
                    POST | /jobs | {"prompt":"a","tags":[5]}           | 400 | tags.[0] must be a string
                    POST | /jobs | {"prompt":"a","tags":[null]}        | 400 | tags must have at most 10 tags
                    POST | /jobs | {"prompt":"a","tags":[""]}          | 400 | tags must have at most 10 tags
                    POST | /jobs | {"prompt":"a","tags":["b\\nc"]}     | 400 | tags must have at most 10 tags
                    POST | /jobs | {"prompt":"a","tags":["\\ud83d"]}   | 400 | tags must have at most 10 tags
                    POST | /jobs | {"prompt":"a","metadata":["b"]}     | 400 | metadata has the wrong type
                    POST | /jobs | {"prompt":"a","metadata":{"b":5}}   | 400 | metadata.b must be a string
                    POST | /jobs | {"prompt":"a","metadata":{"b":{}}}  | 400 | metadata.b must be a string
                    POST | /jobs | {"prompt":"a","metadata":{"b":null}} | 400 | metadata must have at most 16 pairs
                    POST | /jobs | {"prompt":"a","metadata":{"":"b"}}  | 400 | metadata must have at most 16 pairs
                    POST | /jobs | {"prompt":"a","metadata":{"a.b":"c"}} | 400 | metadata must have at most 16 pairs
                    POST | /jobs | {"prompt":"a","metadata":{"$b":"c"}} | 400 | metadata must have at most 16 pairs
                    POST | /jobs | {"prompt":"a","metadata":{"a=b":"c"}} | 400 | metadata must have at most 16 pairs
                    POST | /jobs | {"prompt":"a","metadata":{"a\\u0000":"c"}} | 400 | metadata must have at most 16 pairs
                    POST | /jobs | {"prompt":"a","metadata":{"a":"\\ud83d"}} | 400 | metadata must have at most 16 pairs
                    POST | /jobs/batch | [{"prompt":"a"},{"prompt":"b","tags":[""]}] | 400 | [1].tags must have at most 10 tags
                    POST | /jobs/batch | [{"prompt":"a"},{"prompt":"b","timeoutSeconds":86401}] | 400 | [1].timeoutSeconds must be 1 to 86400
                    POST | /jobs/batch | [{"prompt":"a","timeoutSeconds":0}] | 400 | [0].timeoutSeconds must be 1 to 86400
                    POST | /jobs | {"prompt":"a","retry":{}}                 | 400 | retry.maxAttempts must be 1 to 20
                    POST | /jobs | {"prompt":"a","retry":3}                  | 400 | retry has the wrong type
                    POST | /jobs | {"prompt":"a","retry":{"maxAttempts":0}}  | 400 | retry.maxAttempts must be 1 to 20
                    POST | /jobs | {"prompt":"a","retry":{"maxAttempts":21}} | 400 | retry.maxAttempts must be 1 to 20
                    POST | /jobs | {"prompt":"a","retry":{"maxAttempts":"x"}} | 400 | retry.maxAttempts has the wrong type
                    POST | /jobs | {"prompt":"a","retry":{"maxAttempts":2,"backoff":"linear"}} | 400 | retry.backoff must be exponential or fixed
                    POST | /jobs | {"prompt":"a","retry":{"maxAttempts":2,"delaySeconds":-1}} | 400 | retry.delaySeconds must be 0 to 86400
                    POST | /jobs | {"prompt":"a","retry":{"maxAttempts":2,"delaySeconds":86401}} | 400 | retry.delaySeconds must be 0 to 86400
                    POST | /jobs | {"prompt":"a","retry":{"maxAttempts":2,"maxDelaySeconds":86401}} | 400 | retry.maxDelaySeconds must be 0 to 86400
                    POST | /jobs | {"prompt":"a","retry":{"maxAttempts":2,"delaySeconds":2,"maxDelaySeconds":1}} | 400 | retry.maxDelaySeconds must not be less than delaySeconds
                    POST | /jobs/batch | [{"prompt":"a"},{"prompt":"b","retry":{"maxAttempts":21}}] | 400 | [1].retry.maxAttempts must be 1 to 20
                    POST | /jobs/batch | {}                    | 400 | not the JSON that is expected
                    POST | /jobs/batch | []                    | 400 | must have 1 to 1000 jobs
                    POST | /jobs/batch | [null]                | 400 | [0] must be a job
                    POST | /jobs/batch | ["a"]                 | 400 | [0] has the wrong type
                    POST | /jobs/batch | [{"prompt":"a"},{"prompt":""}] | 400 | [1].prompt must have 1 to 5000 characters
                    POST | /jobs/batch | [{"prompt":"a"},{"prompt":7}]  | 400 | [1].prompt must be a string
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
        then(this.submissions).should().submit(JobRequests.of("x".repeat(5000)), null);
    }

    @ParameterizedTest
    @CsvSource({ "1, exponential, 0, 0", "20, fixed, 86400, 86400", "20, exponential, 0, 86400" })
    void takesRetryPolicyAtItsLimits(int attempts, String backoff, int delay, int maxDelay) {
        given(this.submissions.submit(any(), any())).willReturn(new Submission(List.of(JOB), List.of(JOB)));
        assertThat(post("/jobs",
                "{\"prompt\":\"a\",\"retry\":{\"maxAttempts\":%d,\"backoff\":\"%s\",\"delaySeconds\":%d,\"maxDelaySeconds\":%d}}"
                    .formatted(attempts, backoff, delay, maxDelay)))
            .hasStatus(201);
        then(this.submissions).should()
            .submit(List.of(JobRequests.withRetry("a", new RetryPolicy(attempts, backoff, delay, maxDelay))), null);
    }

    @ParameterizedTest
    @ValueSource(strings = { "llm", "slow.reports_2-eu" })
    void takesQueueThatIsKnown(String queue) {
        given(this.submissions.submit(any(), any())).willReturn(new Submission(List.of(JOB), List.of(JOB)));
        assertThat(post("/jobs", "{\"prompt\":\"a\",\"queue\":\"%s\"}".formatted(queue))).hasStatus(201);
        then(this.submissions).should().submit(List.of(JobRequests.inQueue(queue, "a")), null);
    }

    @ParameterizedTest
    @ValueSource(strings = { "null", "\"default\"" })
    void readsTheDefaultQueueAsNone(String queue) {
        given(this.submissions.submit(any(), any())).willReturn(new Submission(List.of(JOB), List.of(JOB)));
        assertThat(post("/jobs", "{\"prompt\":\"a\",\"queue\":%s}".formatted(queue))).hasStatus(201);
        then(this.submissions).should().submit(JobRequests.of("a"), null);
    }

    @Test
    void takesBothPriorities() {
        given(this.submissions.submit(any(), any())).willReturn(new Submission(List.of(JOB), List.of(JOB)));
        assertThat(post("/jobs", "{\"prompt\":\"a\",\"priority\":\"high\"}")).hasStatus(201);
        then(this.submissions).should().submit(List.of(JobRequests.urgent("a")), null);
        assertThat(post("/jobs", "{\"prompt\":\"a\",\"priority\":\"normal\"}")).hasStatus(201);
        then(this.submissions).should().submit(JobRequests.of("a"), null);
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
        given(this.submissions.submit(JobRequests.of("a"), key)).willReturn(new Submission(List.of(JOB), List.of()));
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
    void refusesBodyPastItsLimit() {
        MvcTestResult answer = post("/jobs", " ".repeat(64 * 1024) + "{\"prompt\":\"a\"}");
        assertThat(answer).hasStatus(413).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().extractingPath("$.error").asString().contains("65,536 bytes");
    }

    @Test
    void answersWhatWasStored() {
        given(this.submissions.submit(JobRequests.of("prompt"), null))
            .willReturn(new Submission(List.of(JOB), List.of(JOB)));
        MvcTestResult answer = post("/jobs", "{\"prompt\":\"prompt\"}");
        assertThat(answer).hasStatus(201).hasHeader(HttpHeaders.LOCATION, "http://localhost/jobs/" + JOB.id());
        assertThat(answer).bodyJson().isLenientlyEqualTo("""
                {"id": "%s", "prompt": "prompt", "status": "PENDING", "attempt": 1, "version": 1,
                 "createdAt": "2026-11-24T09:30:15.042Z", "updatedAt": "2026-11-24T09:30:15.042Z"}
                """.formatted(JOB.id()));
    }

    @Test
    void answersAwayDatabase() {
        given(this.submissions.submit(any(), any()))
            .willThrow(new DataAccessResourceFailureException("connection refused"));
        MvcTestResult answer = post("/jobs", "{\"prompt\":\"a\"}");
        assertThat(answer).hasStatus(503).hasHeader(HttpHeaders.RETRY_AFTER, "2");
        assertThat(answer).bodyJson().extractingPath("$.error").asString().doesNotContain("connection refused");
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
    void says429WhereASubmitterHasReachedALimit() {
        HttpHeaders left = new HttpHeaders();
        left.set("RateLimit", "\"submissions\";r=0;t=17");
        given(this.submissions.submit(any(), any())).willThrow(RateLimited.minute(1, 60, left, 17));
        MvcTestResult answer = post("/jobs", "{\"prompt\":\"a\"}");
        assertThat(answer).hasStatus(429)
            .hasHeader(HttpHeaders.RETRY_AFTER, "17")
            .hasHeader("RateLimit", "\"submissions\";r=0;t=17");
        assertThat(answer).bodyJson().extractingPath("$.type").isEqualTo("urn:job-processor:too-many-requests");
        assertThat(answer).bodyJson()
            .extractingPath("$.error")
            .isEqualTo("You may submit 60 jobs a minute: please try again in 17 s.");
    }

    @Test
    void sendsWhatIsLeftOfTheQuotaWithEachJob() {
        given(this.submissions.submit(any(), any())).willReturn(new Submission(List.of(JOB), List.of(JOB)));
        HttpHeaders left = new HttpHeaders();
        left.set("RateLimit", "\"submissions\";r=59;t=17");
        given(this.submissions.limitHeaders()).willReturn(left);
        assertThat(post("/jobs", "{\"prompt\":\"a\"}")).hasStatus(201)
            .hasHeader("RateLimit", "\"submissions\";r=59;t=17");
    }

    @Test
    void says503WhereTheDatabaseDoesNotKeepUp() {
        given(this.submissions.submit(any(), any())).willThrow(SubmissionUnavailable.notAccepted());
        MvcTestResult answer = post("/jobs", "{\"prompt\":\"a\"}");
        assertThat(answer).hasStatus(503).hasHeader(HttpHeaders.RETRY_AFTER, "2");
        assertThat(answer).bodyJson().extractingPath("$.error").asString().contains("Nothing was accepted");
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
