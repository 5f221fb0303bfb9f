package dev.jobprocessor.api.callback;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.jobprocessor.api.database.DatabaseAvailability;
import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.jobs.AttemptStart;
import dev.jobprocessor.api.jobs.JobAttempts;
import dev.jobprocessor.api.jobs.JobConflict;
import dev.jobprocessor.api.jobs.JobFailure;
import dev.jobprocessor.api.jobs.JobNotFound;
import dev.jobprocessor.api.jobs.JobOutcome;
import dev.jobprocessor.api.jobs.JobUsage;
import dev.jobprocessor.api.jobs.Jobs;
import dev.jobprocessor.api.jobs.RefusedReports;
import dev.jobprocessor.testing.ExampleEvents;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;

@WebMvcTest(controllers = CallbackController.class,
        properties = { "webhook.secret=sesame", "webhook.secrets=sesame,old-sesame" },
        includeFilters = @Filter(type = FilterType.REGEX, pattern = "dev.jobprocessor.api.http.JsonFormat"),
        excludeFilters = @Filter(type = FilterType.REGEX,
                pattern = "dev.jobprocessor.api.(access|waits|bulk|failures).*"))
@EnableConfigurationProperties(WebhookSettings.class)
@Import({ WebhookSecrets.class, CallbackTokens.class, CallbackSignatures.class, WebhookMetrics.class,
        RefusedCallbacks.class, DatabaseErrors.class, SimpleMeterRegistry.class })
@MockitoBean(types = DatabaseAvailability.class)
class CallbackControllerTests {

    private static final String ID = "6925f0a1c3b2a40f5d1e7a01";

    @Autowired
    private MockMvcTester mvc;

    @MockitoBean
    private Jobs jobs;

    @Autowired
    private CallbackTokens tokens;

    @Autowired
    private SimpleMeterRegistry meters;

    @MockitoBean
    private JobAttempts attempts;

    @MockitoBean
    private RefusedReports refused;

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    {                                                      | not the JSON that is expected
                    {"result":"r"}                                         | jobId must be the id of a job
                    {"jobId":"","result":"r"}                              | jobId must be the id of a job
                    {"jobId":"%s","result":"r"}                            | jobId must be the id of a job
                    {"jobId":7,"result":"r"}                               | jobId must be a string
                    {"jobId":"1"}                                          | result must be there
                    {"jobId":"1","result":"r","attempt":""}                | attempt has the wrong type
                    {"jobId":"1","result":"\\ud83d"}                       | result must be valid Unicode
                    {"jobId":"1","status":"COMPLETED"}                     | result must be there
                    {"jobId":"1","status":"PENDING","result":"r"}          | status has the wrong type
                    {"jobId":"1","status":"DONE","result":"r"}             | status has the wrong type
                    {"jobId":"1","status":"FAILED","error":"\\ude80"}      | error must be valid Unicode
                    {"jobId":"1","status":"FAILED","errorCode":""}         | errorCode must have 1 to 64
                    {"jobId":"1","status":"FAILED","errorCode":"No"}       | errorCode must have 1 to 64
                    {"jobId":"1","status":"FAILED","errorCode":"%C"}       | errorCode must have 1 to 64
                    {"jobId":"1","status":"FAILED","errorCode":"timed_out"} | is none of timed_out
                    {"jobId":"1","status":"FAILED","retryable":"maybe"}    | retryable has the wrong type
                    {"jobId":"1","result":"r","usage":{"model":"","inputTokens":1,"outputTokens":1}}   | usage.model must have 1 to 100
                    {"jobId":"1","result":"r","usage":{"inputTokens":1,"outputTokens":1}}              | usage.model must have 1 to 100
                    {"jobId":"1","result":"r","usage":{"model":"%M","inputTokens":1,"outputTokens":1}} | usage.model must have 1 to 100
                    {"jobId":"1","result":"r","usage":{"model":"m","inputTokens":-1,"outputTokens":1}} | usage.inputTokens must be 0 to
                    {"jobId":"1","result":"r","usage":{"model":"m","inputTokens":1,"outputTokens":1000000001}} | usage.outputTokens must be 0 to
                    {"jobId":"1","result":"r","attempt":0}                 | attempt must be 1 or more
                    {"jobId":"1","result":"r","attempt":"one"}             | attempt has the wrong type
                    {"jobId":"1","result":"r","start":{"worker":"%W","at":"2026-11-24T09:30:15Z"}} | start.worker must have 1 to 255
                    {"jobId":"1","result":"r","start":{"worker":"w"}} | start.at must be a time
                    """)
    void answersBadInput(String body, String error) {
        MvcTestResult answer = callback("sesame",
                body.replace("%s", "1".repeat(JobCallback.MAX_ID_LENGTH + 1))
                    .replace("%C", "c".repeat(65))
                    .replace("%M", "m".repeat(101))
                    .replace("%W", "w".repeat(256)));
        assertThat(answer).hasStatus(400).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().extractingPath("$.error").asString().contains(error);
        then(this.jobs).shouldHaveNoInteractions();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"b": 1.50, "a": [1, {"c": null}]} | {"b":1.50,"a":[1,{"c":null}]}
            12345678901234567890.10            | 12345678901234567890.10
            null                               | null
            true                               | true
            "text"                             | text
            """)
    void takesAnyJsonAsResult(String json, String stored) {
        given(this.jobs.finish(any(), any(), any())).willThrow(new JobNotFound(ID));
        assertThat(callback("sesame", "{\"jobId\":\"%s\",\"result\":%s}".formatted(ID, json))).hasStatus(404);
        then(this.jobs).should().finish(ID, null, JobOutcome.completed(stored));
    }

    @Test
    void takesTokenOfTheCallbackUrlForItsAttemptAlone() {
        given(this.jobs.finish(any(), any(), any())).willThrow(new JobNotFound(ID));
        String token = token(2);
        assertThat(byToken("job=" + ID + "&attempt=2&token=" + token)).hasStatus(404);
        then(this.jobs).should().finish(ID, 2, JobOutcome.completed("r"));
        assertThat(byToken("job=" + ID + "&attempt=1&token=" + token)).hasStatus(401);
        assertThat(byToken("job=" + ID + "&attempt=2&token=" + token + "A")).hasStatus(401);
        assertThat(byToken("job=" + ID + "&attempt=2")).hasStatus(401);
    }

    @Test
    void countsWhichSecretAuthenticatedACall() {
        given(this.jobs.finish(any(), any(), any())).willThrow(new JobNotFound(ID));
        List<Double> before = calls();
        callback("old-sesame", "{\"jobId\":\"%s\",\"result\":\"r\"}".formatted(ID));
        assertThat(calls()).containsExactly(before.get(0), before.get(1) + 1, before.get(2), before.get(3));
        byToken("job=" + ID + "&attempt=2&token=" + tokenBy("old-sesame"));
        callback("sesam", "{}");
        assertThat(calls()).containsExactly(before.get(0), before.get(1) + 1, before.get(2), before.get(3) + 1);
    }

    private List<Double> calls() {
        return List.of(calls("secret", 1), calls("secret", 2), calls("token", 1), calls("token", 2));
    }

    private String token(int attempt) {
        return this.tokens.of(ID, attempt, Instant.now());
    }

    private double calls(String credential, int secret) {
        return this.meters.get("webhook.calls")
            .tag("credential", credential)
            .tag("secret", String.valueOf(secret))
            .counter()
            .count();
    }

    private static String tokenBy(String secret) {
        return new CallbackTokens(new WebhookSettings(secret, List.of(), Duration.ofDays(30)), Clock.systemUTC()).of(ID,
                2, Instant.now());
    }

    private MvcTestResult byToken(String query) {
        return this.mvc.post()
            .uri("/jobs/webhook/callback?" + query)
            .contentType(MediaType.APPLICATION_JSON)
            .content("{\"jobId\":\"other\",\"attempt\":9,\"result\":\"r\"}")
            .exchange();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "sesam", "Sesame", "sesame2" })
    void refusesWrongSecretBeforeItReadsTheBody(String secret) {
        MvcTestResult answer = callback(secret, "{");
        assertThat(answer).hasStatus(401).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        then(this.jobs).shouldHaveNoInteractions();
    }

    @Test
    void refusesMissingSecret() {
        assertThat(callback(null, "{\"jobId\":\"1\",\"result\":\"r\"}")).hasStatus(401);
    }

    @Test
    void takesWhatAModelUsed() {
        given(this.jobs.finish(any(), any(), any())).willThrow(new JobNotFound(ID));
        assertThat(callback("sesame", ExampleEvents.read("callback-completed-with-usage.json"))).hasStatus(404);
        then(this.jobs).should()
            .finish(ID, 2, JobOutcome.completed("{\"colour\":\"blue\"}").with(new JobUsage("gpt-5-mini", 1200, 340)));
    }

    @Test
    void takesTheStartThatAWorkerTellsAgain() {
        given(this.jobs.finish(any(), any(), any())).willThrow(new JobNotFound(ID));
        assertThat(callback("sesame", ExampleEvents.read("callback-completed-with-start.json"))).hasStatus(404);
        then(this.jobs).should()
            .finish(ID, 2, JobOutcome.completed("{\"colour\":\"blue\"}")
                .with(new AttemptStart("worker-1", Instant.parse("2026-11-24T09:30:15.061Z"))));
    }

    @Test
    void takesUsageAtItsLimits() {
        given(this.jobs.finish(any(), any(), any())).willThrow(new JobNotFound(ID));
        assertThat(callback("sesame",
                "{\"jobId\":\"%s\",\"result\":\"r\",\"usage\":{\"model\":\"%s\",\"inputTokens\":0,\"outputTokens\":1000000000}}"
                    .formatted(ID, "m".repeat(100))))
            .hasStatus(404);
        then(this.jobs).should()
            .finish(ID, null, JobOutcome.completed("r").with(new JobUsage("m".repeat(100), 0, 1_000_000_000)));
    }

    @Test
    void takesTheWorkersFailureWithItsCode() {
        given(this.jobs.finish(any(), any(), any())).willThrow(new JobNotFound(ID));
        assertThat(callback("sesame", ExampleEvents.read("callback-failed-by-code.json"))).hasStatus(404);
        then(this.jobs).should()
            .finish(ID, 2,
                    JobOutcome.failed("The workflow answered 500 Internal Server Error", "workflow_error", true));
    }

    @ParameterizedTest
    @ValueSource(strings = { "c", "timed_out_2", "0.a-b_c" })
    void takesErrorCodeAtItsLimits(String code) {
        given(this.jobs.finish(any(), any(), any())).willThrow(new JobNotFound(ID));
        String longest = (code.length() == 1) ? code.repeat(64) : code;
        assertThat(
                callback("sesame", "{\"jobId\":\"%s\",\"status\":\"FAILED\",\"errorCode\":\"%s\",\"retryable\":false}"
                    .formatted(ID, longest)))
            .hasStatus(404);
        then(this.jobs).should().finish(ID, null, JobOutcome.failed("The worker gave no reason.", longest, false));
    }

    @Test
    void takesTheOriginalsCallback() {
        given(this.jobs.finish(any(), any(), any())).willThrow(new JobNotFound(ID));
        assertThat(callback("sesame", "{\"jobId\":\"%s\",\"result\":\"r\"}".formatted(ID))).hasStatus(404);
        then(this.jobs).should().finish(ID, null, JobOutcome.completed("r"));
    }

    @Test
    void reportsUnknownJobAsWorkersExpectIt() {
        given(this.jobs.finish(any(), any(), any())).willThrow(new JobNotFound(ID));
        MvcTestResult response = callback("sesame", ExampleEvents.read("callback-completed.json"));
        assertThat(response).hasStatus(404).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(response).bodyJson().isStrictlyEqualTo(ExampleEvents.read("problem-job-not-found.json"));
    }

    @Test
    void reportsConflictAsWorkersExpectIt() {
        given(this.jobs.finish(any(), any(), any())).willThrow(
                new JobConflict("Job %s: Attempt 1 was reported COMPLETED, but attempt 2 is PENDING.".formatted(ID)));
        MvcTestResult response = callback("sesame", ExampleEvents.read("callback-completed.json"));
        assertThat(response).hasStatus(409).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(response).bodyJson().isStrictlyEqualTo(ExampleEvents.read("problem-job-conflict.json"));
    }

    @ParameterizedTest
    @CsvSource({ "sesam,{},401,unauthorized", "sesame,{},400,invalid-request", "sesame,{,400,invalid-request" })
    void givesEveryProblemAType(String secret, String body, int status, String type) {
        MvcTestResult response = callback(secret, body);
        assertThat(response).hasStatus(status);
        assertThat(response).bodyJson().extractingPath("$.type").isEqualTo("urn:job-processor:" + type);
    }

    @Test
    void takesTheWorkersCompletedCallback() {
        given(this.jobs.finish(any(), any(), any())).willThrow(new JobNotFound(ID));
        callback("sesame", ExampleEvents.read("callback-completed.json"));
        then(this.jobs).should()
            .finish(ID, 2, JobOutcome.completed("{\"success\":true,\"message\":\"Processed job: %s\",".formatted(ID)
                    + "\"timestamp\":\"2026-11-24T09:30:20.064Z\"}"));
    }

    @Test
    void takesTheWorkersFailedCallback() {
        given(this.jobs.finish(any(), any(), any())).willThrow(new JobNotFound(ID));
        callback("sesame", ExampleEvents.read("callback-failed.json"));
        then(this.jobs).should()
            .finish(ID, 2, JobOutcome.failed(JobFailure.REPORTED, "The workflow answered 500 Internal Server Error"));
    }

    @Test
    void refusesTooLargeResult() {
        MvcTestResult answer = callback("sesame",
                "{\"jobId\":\"%s\",\"result\":\"%s\"}".formatted(ID, "x".repeat(1024 * 1024 + 1)));
        assertThat(answer).hasStatus(413).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        then(this.jobs).shouldHaveNoInteractions();
        then(this.refused).should().fail(ID, null, "The result has 1,048,577 bytes; at most 1,048,576 are stored.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`',
            textBlock = """
                    application/json                  | {"result":     | 400 | The body is not JSON.
                    application/json                  |                | 400 | The body is missing.
                    application/json                  | {"attempt":""} | 400 | attempt has the wrong type
                    application/json                  | {}             | 400 | result must be there unless status is FAILED or DEFERRED
                    application/x-www-form-urlencoded | result=r       | 415 | Content-Type 'application/x-www-form-urlencoded;charset=UTF-8' is not supported.
                    """)
    void failsTheAttemptOfTheCallbackUrlThatReportsInNoKnownForm(String type, @Nullable String body, int status,
            String reason) {
        MvcTestResult answer = this.mvc.post()
            .uri(CallbackController.PATH + "?job=" + ID + "&attempt=2&token=" + token(2))
            .header("Content-Type", type)
            .content((body != null) ? body : "")
            .exchange();
        assertThat(answer).hasStatus(status);
        then(this.refused).should().fail(ID, 2, reason);
    }

    @Test
    void recordsWhatCanBeCorrectedWhereTheBodyNamesTheJob() {
        callback("sesame", "{\"jobId\":\"%s\",\"attempt\":2}".formatted(ID));
        then(this.refused).should().record(ID, 2, "result must be there unless status is FAILED or DEFERRED");
        callback("sesame", "{");
        callback("sesame", "{\"result\":\"r\"}");
        then(this.refused).shouldHaveNoMoreInteractions();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`',
            textBlock = """
                    application/json                  | {"jobId":"%s","result":                          |   | The body is not JSON.
                    application/json                  | {"jobId":"%s","result":{broken                   |   | The body is not JSON.
                    application/json                  | {"jobId":"%s","attempt":"","result":"r"}         |   | attempt has the wrong type
                    application/json                  | {"attempt":2,"jobId":"%s","status":"DONE"}       | 2 | status has the wrong type
                    text/plain                        | {"jobId":"%s","attempt":2,"result":"r"}          | 2 | Content-Type 'text/plain;charset=UTF-8' is not supported.
                    application/x-www-form-urlencoded | jobId=%s&attempt=2&result=r                      | 2 | Content-Type 'application/x-www-form-urlencoded;charset=UTF-8' is not supported.
                    """)
    void recordsWhatIsRefusedWhereTheBeginningOfTheBodyNamesTheJob(String type, String body, @Nullable Integer attempt,
            String reason) {
        bySecret("", type, body.formatted(ID));
        then(this.refused).should().record(ID, attempt, reason);
        then(this.refused).shouldHaveNoMoreInteractions();
    }

    @Test
    void findsTheJobInTheFirst64KiBOfTheBodyAlone() {
        String body = "{\"result\":\"%s\",\"jobId\":\"" + ID + "\"";
        int room = BodyPrefix.MAX_BYTES - body.formatted("").length();
        bySecret("", "application/json", body.formatted("x".repeat(room + 1)));
        then(this.refused).shouldHaveNoInteractions();
        bySecret("", "application/json", body.formatted("x".repeat(room)));
        then(this.refused).should().record(ID, null, "The body is not JSON.");
    }

    @Test
    void recordsWhatIsRefusedWhereTheUrlNamesTheJobAlone() {
        bySecret("?job=" + ID, "application/json", "{\"jobId\":\"other\",");
        then(this.refused).should().record(ID, null, "The body is not JSON.");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "two" })
    void refusesUrlWhoseAttemptIsNoNumber(String attempt) {
        assertThat(bySecret("?job=" + ID + "&attempt=" + attempt, "application/json", "{\"result\":\"r\"}"))
            .hasStatus(400);
        then(this.jobs).shouldHaveNoInteractions();
        then(this.refused).should().record(ID, null, "attempt has the wrong type");
    }

    @ParameterizedTest
    @ValueSource(strings = { "GET", "PUT" })
    void recordsReportByAnotherMethodAndLeavesTheAttemptOpen(String method) {
        assertThat(byMethod(method, token(2))).hasStatus(405);
        then(this.refused).should().record(ID, 2, "Reports are sent by POST, not %s.".formatted(method));
        assertThat(byMethod(method, token(1))).hasStatus(405);
        then(this.refused).shouldHaveNoMoreInteractions();
    }

    private MvcTestResult byMethod(String method, String token) {
        return this.mvc.perform(MockMvcRequestBuilders.request(HttpMethod.valueOf(method),
                CallbackController.PATH + "?job=" + ID + "&attempt=2&token=" + token));
    }

    private MvcTestResult bySecret(String query, String type, String body) {
        return this.mvc.post()
            .uri(CallbackController.PATH + query)
            .header("x-webhook-secret", "sesame")
            .header("Content-Type", type)
            .content(body)
            .exchange();
    }

    @Test
    void recordsNothingOfUnauthenticatedCallers() {
        callback("sesam", "{\"jobId\":\"%s\"}".formatted(ID));
        assertThat(byToken("job=" + ID + "&attempt=2&token=" + token(1))).hasStatus(401);
        then(this.refused).shouldHaveNoInteractions();
    }

    @Test
    void recordsTheReportWhoseTokenHasExpiredAndLeavesTheAttemptAsItIs() {
        String token = this.tokens.of(ID, 2, Instant.parse("2020-01-01T00:00:00Z"));
        MvcTestResult answer = byToken("job=" + ID + "&attempt=2&token=" + token);
        assertThat(answer).hasStatus(401).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson()
            .extractingPath("$.error")
            .isEqualTo("The token of the callbackUrl expired at 2020-01-31T00:00:00Z.");
        then(this.refused).should().record(ID, 2, "The token of the callbackUrl expired at 2020-01-31T00:00:00Z.");
        then(this.refused).shouldHaveNoMoreInteractions();
        then(this.jobs).shouldHaveNoInteractions();
    }

    @Test
    void masksTokensInTheErrorsOfWorkflows() {
        given(this.jobs.finish(any(), any(), any())).willThrow(new JobNotFound(ID));
        callback("sesame",
                "{\"jobId\":\"%s\",\"status\":\"FAILED\",\"error\":\"No route to http://api/c?job=1&token=%s\"}"
                    .formatted(ID, token(2)));
        then(this.jobs).should()
            .finish(ID, null, JobOutcome.failed(JobFailure.REPORTED, "No route to http://api/c?job=1&token=***"));
    }

    @Test
    void takesLargestResultWithEveryCharacterEscaped() {
        given(this.jobs.finish(any(), any(), any())).willThrow(new JobNotFound(ID));
        String escaped = "\\u0041".repeat(1024 * 1024);
        assertThat(callback("sesame", "{\"jobId\":\"%s\",\"result\":\"%s\"}".formatted(ID, escaped))).hasStatus(404);
    }

    private MvcTestResult callback(@Nullable String secret, String body) {
        MockMvcTester.MockMvcRequestBuilder call = this.mvc.post()
            .uri("/jobs/webhook/callback")
            .contentType(MediaType.APPLICATION_JSON)
            .content(body);
        return ((secret != null) ? call.header("x-webhook-secret", secret) : call).exchange();
    }

}
