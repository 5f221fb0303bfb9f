package dev.jobprocessor.api.jobs;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.jobprocessor.api.database.DatabaseAvailability;
import dev.jobprocessor.api.database.DatabaseErrors;
import dev.jobprocessor.api.listing.ListsOneJob;
import dev.jobprocessor.api.submission.StoresNothing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.BDDMockito.given;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

/** Sends whole requests. The timeout is that of one of them. */
@Timeout(value = 5, unit = TimeUnit.SECONDS)
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@WebMvcTest(properties = "webhook.secret=sesame",
        includeFilters = @Filter(type = FilterType.REGEX,
                pattern = "dev.jobprocessor.api.(http.JsonFormat|callback.*)"),
        excludeFilters = @Filter(type = FilterType.REGEX,
                pattern = "dev.jobprocessor.api.(http.HealthController|output.*|queues.*|workers.*|webhooks.*|dispatch.DeadLetter.*|system.*|stats.*|access.*|audit.*|waits.*|bulk.*|failures.*|live.*)"))
@EnableConfigurationProperties(JobQueues.class)
@Import({ Caller.class, WebhookAddresses.class, StoresNothing.class, ListsOneJob.class, DatabaseErrors.class,
        SimpleMeterRegistry.class })
@MockitoBean(types = { DatabaseAvailability.class, JobCompletions.class, RequestTrace.class })
class RequestFuzzTests {

    private static final Job JOB = Job.submitted(JobRequest.of("prompt"), null,
            Instant.parse("2026-11-24T09:30:15.042Z"), null);

    /** The server refuses TRACE before the dispatcher sees it. */
    private static final HttpMethod[] METHODS = Stream.of(HttpMethod.values())
        .filter((method) -> method != HttpMethod.TRACE)
        .toArray(HttpMethod[]::new);

    @Autowired
    private MockMvc mvc;

    @MockitoBean
    private Jobs jobs;

    @MockitoBean
    private JobAttempts attempts;

    @MockitoBean
    private RefusedReports refused;

    @BeforeEach
    void knowOneJob() {
        given(this.jobs.find(any())).willReturn(Optional.of(JOB));
        given(this.jobs.version(any())).willReturn(OptionalLong.of(1));
        given(this.jobs.retry(any())).willReturn(JOB);
        given(this.jobs.cancel(any())).willReturn(JOB);
        given(this.jobs.finish(any(), any(), any())).willReturn(JOB);
        given(this.attempts.claim(any(), anyInt(), any(), any(), anyBoolean()))
            .willReturn(new JobClaim(JOB, JOB.createdAt()));
        given(this.attempts.defer(any(), any(), any())).willReturn(JOB);
        given(this.attempts.progress(any(), any(), any(), any())).willReturn(JOB.createdAt());
    }

    @FuzzTest
    void answersAnyRequest(FuzzedDataProvider data) throws Exception {
        MockHttpServletResponse response = this.mvc.perform(switch (data.consumeInt(0, 6)) {
            case 0 -> json("/jobs", data).header("Idempotency-Key", GrownText.of(data));
            case 1 -> json("/jobs/batch", data).header("Idempotency-Key", data.consumeString(300));
            case 2 -> callback(data);
            case 3 -> list(data);
            case 4 -> json("/jobs/1/progress", data).header("x-webhook-secret", "sesame");
            case 5 -> anything(data);
            default -> json("/jobs/1/start", data).header("x-webhook-secret", "sesame");
        }).andReturn().getResponse();
        assertThat(response.getStatus()).isLessThan(500);
        if (response.getStatus() >= 400) {
            assertProblem(response);
        }
    }

    private static MockHttpServletRequestBuilder callback(FuzzedDataProvider data) {
        return json(data.consumeBoolean() ? "/jobs/webhook/callback" : "/jobs/webhook/callbacks", data)
            .header("x-webhook-secret", "sesame")
            .contentType(data.pickValue(List.of(MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN)));
    }

    private static MockHttpServletRequestBuilder json(String path, FuzzedDataProvider data) {
        String body = data.consumeBoolean() ? GrownText.of(data) : document(data);
        return request(HttpMethod.POST, path).contentType(MediaType.APPLICATION_JSON)
            .content(body.getBytes(StandardCharsets.UTF_8));
    }

    /** JSON as the API has it, with any text for its values. */
    private static String document(FuzzedDataProvider data) {
        String template = data.pickValue(List.of("{\"prompt\":%s}", "[{\"prompt\":%s}]",
                "{\"prompt\":\"a\",\"timeoutSeconds\":%s}", "{\"jobId\":\"1\",\"result\":%s}",
                "{\"percent\":%s,\"message\":\"m\"}", "{\"jobId\":%s,\"result\":\"\"}",
                "{\"jobId\":\"1\",\"status\":\"FAILED\",\"error\":%s}", "{%s:1}", "[[%s]]",
                "{\"prompt\":\"a\",\"queue\":%s}", "{\"prompt\":\"a\",\"priority\":%s}",
                "{\"prompt\":\"a\",\"runAt\":%s}", "{\"prompt\":\"a\",\"expiresAt\":%s}",
                "{\"prompt\":\"a\",\"retry\":{\"maxAttempts\":2,\"backoff\":%s}}",
                "{\"prompt\":\"a\",\"retry\":{\"maxAttempts\":%1$s,\"delaySeconds\":%1$s,\"maxDelaySeconds\":%1$s}}",
                "{\"prompt\":\"a\",\"metadata\":{\"key\":%s}}", "{\"prompt\":\"a\",\"metadata\":{%s:\"value\"}}",
                "{\"prompt\":\"a\",\"tags\":[%s]}", "[{\"prompt\":\"a\"},{\"prompt\":\"a\",\"runAt\":%s}]",
                "{\"attempt\":1,\"worker\":%1$s,\"claim\":%1$s,\"redelivered\":true}",
                "{\"jobId\":\"1\",\"status\":\"DEFERRED\",\"claim\":\"c\",\"retryAfterSeconds\":%1$s,\"giveUpAfterSeconds\":%1$s}",
                "{\"jobId\":\"1\",\"status\":\"FAILED\",\"errorCode\":%1$s,\"retryable\":%1$s}",
                "{\"jobId\":\"1\",\"result\":\"\",\"usage\":{\"model\":%1$s,\"inputTokens\":%1$s,\"outputTokens\":%1$s}}"));
        String text = GrownText.of(data);
        return template.formatted(
                data.consumeBoolean() ? JsonMapper.shared().writeValueAsString(text.replaceAll("\\p{Cs}", "")) : text);
    }

    private static MockHttpServletRequestBuilder list(FuzzedDataProvider data) {
        MockHttpServletRequestBuilder list = request(HttpMethod.GET, "/jobs");
        for (String name : List.of("limit", "status", "q", "after", "state", "queue", "tag", "metadata.key", "worker",
                "errorCode", "result", "createdAfter", "createdBefore")) {
            if (data.consumeBoolean()) {
                list.queryParam(name, GrownText.of(data));
            }
        }
        if (data.consumeBoolean()) {
            list.queryParam("metadata." + GrownText.of(data), "value");
        }
        return list;
    }

    private static MockHttpServletRequestBuilder anything(FuzzedDataProvider data) {
        HttpMethod method = data.pickValue(METHODS);
        return request(method, "/jobs/{id}/{call}", GrownText.of(data),
                data.pickValue(List.of("", "retry", "cancel", "start", "progress", "webhook")))
            .header("Accept", data.pickValue(List.of("*/*", MediaType.APPLICATION_JSON_VALUE)))
            .header("If-None-Match", GrownText.of(data))
            .header("traceparent", data.consumeString(100));
    }

    private static void assertProblem(MockHttpServletResponse response) throws UnsupportedEncodingException {
        assertThat(response.getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        String problem = response.getContentAsString(StandardCharsets.UTF_8);
        assertThat(JsonMapper.shared().readTree(problem).path("error").asString()).isNotBlank()
            .hasSizeLessThanOrEqualTo(1000);
    }

}
