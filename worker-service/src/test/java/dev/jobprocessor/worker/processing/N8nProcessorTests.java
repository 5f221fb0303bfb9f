package dev.jobprocessor.worker.processing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.jobprocessor.worker.ScriptedServer;
import dev.jobprocessor.worker.callback.CallbackSettings;
import dev.jobprocessor.worker.callback.ErrorCode;
import dev.jobprocessor.worker.callback.JobStart;
import dev.jobprocessor.worker.http.HttpConnections;
import dev.jobprocessor.worker.processing.N8nProcessor.Mode;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class N8nProcessorTests {

    private static final Instant NOW = Instant.parse("2026-11-24T09:30:15Z");

    private static final CallbackSettings CALLBACK = new CallbackSettings("http://api/jobs/webhook/callback", "s3cret",
            List.of(), Duration.ofSeconds(1), 1, Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(1),
            Duration.ZERO);

    private final ScriptedServer workflow = ScriptedServer.start();

    private Instant now = NOW;

    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void stop() {
        this.never.countDown();
        this.workflow.close();
    }

    @Test
    void handsTheJobToTheWorkflowWithoutTheSecret() throws Exception {
        assertThat(process(Mode.CALLBACK)).isEqualTo(new Outcome.Delegated());

        assertThat(this.workflow.requests()).singleElement().satisfies((request) -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/webhook/jobs");
            assertThat(request.header("x-webhook-secret")).isEmpty();
            assertThat(request.header("content-type")).containsExactly("application/json");
            assertThat(request.header("transfer-encoding")).isEmpty();
            assertThat(new JsonMapper().readTree(request.body())).isEqualTo(new JsonMapper().readTree("""
                    {"jobId": "job-1", "prompt": "Summarise naïve 🚀", "attempt": 2,
                     "callbackUrl": "http://n8n.sees/jobs/webhook/callback?job=job-1&attempt=2&token=t",
                     "progressUrl": "http://n8n.sees/jobs/job-1/progress?job=job-1&attempt=2&token=t&claim=claim"}"""));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = { 429, 502, 503, 404 })
    void defersWhatN8nDidNotBegin(int status) throws Exception {
        this.workflow
            .otherwise(ScriptedServer.json(status, "{\"message\":\"not registered\",\"hint\":\"Activate it\"}"));

        assertThat(process(Mode.CALLBACK)).isInstanceOfSatisfying(Outcome.Deferred.class, (deferred) -> {
            assertThat(deferred.retryAfter()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(8));
            assertThat(deferred.reason()).contains(status + " ", ": not registered Activate it");
        });
        assertThat(this.workflow.requests()).hasSize(1);
    }

    @Test
    void asksOnceForAllJobsWhileN8nIsUnavailable() throws Exception {
        this.workflow.otherwise(ScriptedServer.status(503));
        N8nProcessor processor = processor(settings(Mode.CALLBACK, Duration.ofSeconds(30), null, null));

        assertThat(processor.process(job())).isInstanceOf(Outcome.Deferred.class);
        assertThat(processor.process(job())).isInstanceOf(Outcome.Deferred.class);
        assertThat(this.workflow.requests()).hasSize(1);
    }

    @Test
    void letsAJobWaitOnlyMinutesForAWorkflowThatN8nDoesNotKnow() throws Exception {
        this.workflow.then(ScriptedServer.status(503), ScriptedServer.status(404), ScriptedServer.status(503));
        N8nProcessor processor = processor(settings(Mode.CALLBACK, Duration.ofSeconds(30), null, null));

        assertThat(giveUpAfter(processor)).isNull();
        assertThat(giveUpAfter(processor)).isNull();
        this.now = NOW.plusSeconds(20);
        assertThat(giveUpAfter(processor)).isEqualTo(Duration.ofMinutes(10));
        assertThat(giveUpAfter(processor)).isEqualTo(Duration.ofMinutes(10));
        this.now = NOW.plusSeconds(60);
        assertThat(giveUpAfter(processor)).isNull();
        assertThat(this.workflow.requests()).hasSize(3);
    }

    private static @Nullable Duration giveUpAfter(N8nProcessor processor) throws InterruptedException {
        return ((Outcome.Deferred) processor.process(job())).giveUpAfter();
    }

    @Test
    void sendsTheHeaderThatTheWebhookNodeAsksFor() throws Exception {
        processor(settings(Mode.CALLBACK, Duration.ofSeconds(30), "x-n8n-key", "k3y")).process(job());

        assertThat(this.workflow.requests()).singleElement()
            .satisfies((request) -> assertThat(request.header("x-n8n-key")).containsExactly("k3y"));
    }

    @Test
    void keepsTheHeadersValueOutOfText() {
        assertThat(settings(Mode.CALLBACK, Duration.ofSeconds(30), "x-n8n-key", "k3y").toString())
            .doesNotContain("k3y");
    }

    @ParameterizedTest
    @CsvSource({ "x-n8n-key,", ",k3y" })
    void refusesHalfOfAHeader(@Nullable String name, @Nullable String value) {
        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
            .isThrownBy(() -> settings(Mode.CALLBACK, Duration.ofSeconds(30), name, value))
            .satisfies((ex) -> assertThat(ex.toString()).doesNotContain("k3y"));
    }

    @Test
    void failsOnceWithTheWorkflowsError() throws Exception {
        this.workflow.otherwise(ScriptedServer.json(500, "{\"message\":\"the model is out of credit\"}"));

        assertThat(process(Mode.CALLBACK))
            .isEqualTo(new Outcome.Failed("The workflow answered 500 Internal Server Error: the model is out of credit",
                    ErrorCode.WORKFLOW_ERROR));
        assertThat(this.workflow.requests()).hasSize(1);
    }

    @Test
    void followsNoRedirect() throws Exception {
        this.workflow.otherwise(ScriptedServer.json(302, "", Map.of("location", "/login")));

        assertThat(process(Mode.CALLBACK))
            .isEqualTo(new Outcome.Failed("The workflow answered 302 Found", ErrorCode.WORKFLOW_REFUSED));
    }

    @Test
    void countsASentRequestAsHandedOver() throws Exception {
        this.workflow.then(ScriptedServer.cut(), ScriptedServer.status(504));
        assertThat(process(Mode.CALLBACK)).isEqualTo(new Outcome.Delegated());
        assertThat(process(Mode.CALLBACK)).isEqualTo(new Outcome.Delegated());
        assertThat(this.workflow.requests()).hasSize(2);
    }

    @Test
    void countsARequestWithoutResponseAsHandedOver() {
        this.workflow.otherwise((exchange) -> awaitEnd());
        AtomicInteger jobs = new AtomicInteger();
        // A slow machine may not send the first within its timeout.
        Awaitility.await().until(() -> {
            assertThat(process(Mode.CALLBACK, Duration.ofMillis(200))).isEqualTo(new Outcome.Delegated());
            jobs.incrementAndGet();
            return !this.workflow.requests().isEmpty();
        });
        assertThat(this.workflow.requests()).hasSizeLessThanOrEqualTo(jobs.get());
    }

    @Test
    void defersWhileNobodyListens() throws Exception {
        this.workflow.close();

        assertThat(process(Mode.CALLBACK)).isInstanceOfSatisfying(Outcome.Deferred.class,
                (deferred) -> assertThat(deferred.reason()).isEqualTo("n8n is unreachable"));
    }

    @Test
    void takesTheResponseAsResultWordForWord() throws Exception {
        this.workflow.then(ScriptedServer.json(200, "{\"b\": 1.50, \"a\":\"ö\"}"));

        assertThat(process(Mode.RESULT)).isEqualTo(new Outcome.Completed("{\"b\": 1.50, \"a\":\"ö\"}"));
    }

    @Test
    void awaitsTheResultLongerThanAnAcknowledgement() throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        this.workflow.then((exchange) -> {
            await(late, Duration.ofMillis(500));
            ScriptedServer.json(200, "7").to(exchange);
        });

        assertThat(process(Mode.RESULT, Duration.ofMillis(50))).isEqualTo(new Outcome.Completed("7"));
    }

    @Test
    void awaitsTheResultNoLongerThanTheJobAllows() throws Exception {
        this.workflow.then((exchange) -> awaitEnd());
        N8nProcessor processor = processor(settings(Mode.RESULT, Duration.ofSeconds(30), null, null));

        assertThat(processor.process(job(Duration.ofMillis(50)))).isInstanceOf(Outcome.Failed.class);
    }

    @ParameterizedTest
    @CsvSource({ "'',nothing", "'{\"message\":\"Workflow was started\"}',immediately" })
    void failsWhereTheResponseIsNoResult(String body, String reason) throws Exception {
        this.workflow.then(ScriptedServer.json(200, body));

        assertThat(process(Mode.RESULT)).isInstanceOfSatisfying(Outcome.Failed.class,
                (failed) -> assertThat(failed.error()).contains(reason));
    }

    @Test
    void failsOnceWhereTheResultIsLost() throws Exception {
        this.workflow.otherwise(ScriptedServer.cut());

        assertThat(process(Mode.RESULT)).isInstanceOf(Outcome.Failed.class);
        assertThat(this.workflow.requests()).hasSize(1);
    }

    private Outcome process(Mode mode) throws InterruptedException {
        return process(mode, Duration.ofSeconds(30));
    }

    private Outcome process(Mode mode, Duration timeout) throws InterruptedException {
        return processor(settings(mode, timeout, null, null)).process(job());
    }

    private N8nProcessor.Settings settings(Mode mode, Duration timeout, @Nullable String header,
            @Nullable String value) {
        return new N8nProcessor.Settings(this.workflow.url("/webhook/jobs"), mode,
                "http://n8n.sees/jobs/webhook/callback", timeout, Duration.ofMinutes(10), null, header, value);
    }

    private static Job job() {
        return job(null);
    }

    private static Job job(@Nullable Duration timeout) {
        return new Job("job-1", "Summarise naïve 🚀", 2, timeout, new JobStart.Granted("claim", NOW.plusSeconds(60),
                "http://api/jobs/webhook/callback?job=job-1&attempt=2&token=t", 0));
    }

    private N8nProcessor processor(N8nProcessor.Settings settings) {
        return new N8nProcessor(settings, CALLBACK, RestClient.builder(), new HttpConnections(new MockEnvironment()),
                new JsonMapper(), new SteppedClock(), () -> this.now);
    }

    private void awaitEnd() {
        await(this.never, Duration.ofMinutes(1));
    }

    private static void await(CountDownLatch latch, Duration time) {
        try {
            latch.await(time.toMillis(), TimeUnit.MILLISECONDS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private final class SteppedClock extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return N8nProcessorTests.this.now;
        }

    }

}
