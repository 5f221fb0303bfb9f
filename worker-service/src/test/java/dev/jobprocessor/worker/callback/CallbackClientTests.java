package dev.jobprocessor.worker.callback;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.jobprocessor.testing.ExampleEvents;
import dev.jobprocessor.worker.ScriptedServer;
import dev.jobprocessor.worker.broker.UndeliverableException;
import dev.jobprocessor.worker.http.HttpConnections;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class CallbackClientTests {

    private static final String SECRET = "s3cret-of-the-tests";

    private static final Callback CALLBACK = Callback.completed("job-1", 2, "{}", null);

    private final ScriptedServer webhook = ScriptedServer.start();

    private final JsonMapper json = new JsonMapper();

    private final MeterRegistry meters = new SimpleMeterRegistry();

    private final CountDownLatch answer = new CountDownLatch(1);

    @AfterEach
    void stop() {
        this.answer.countDown();
        this.webhook.close();
    }

    @Test
    void callsTheWebhook() throws Exception {
        Callback callback = this.json.readValue(ExampleEvents.read("callback-completed.json"), Callback.class);

        assertThat(client().deliver(callback)).isTrue();
        assertThat(this.webhook.requests()).singleElement().satisfies((request) -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/callback");
            assertThat(request.header("x-webhook-secret")).containsExactly(SECRET);
            assertThat(request.header("content-type")).containsExactly("application/json");
            assertThat(this.json.readTree(request.body()))
                .isEqualTo(this.json.readTree(ExampleEvents.read("callback-completed.json")));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = { 200, 201, 202, 204 })
    void isAnsweredBy(int status) throws Exception {
        this.webhook.otherwise(ScriptedServer.json(status, ""));

        assertThat(client().deliver(CALLBACK)).isTrue();
        assertThat(this.webhook.requests()).hasSize(1);
        assertThat(calls("settled")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({ "404, problem-job-not-found.json", "409, problem-job-conflict.json" })
    void isAnsweredByTheApisWordThatTheAttemptNoLongerCounts(int status, String problem) throws Exception {
        this.webhook.otherwise(ScriptedServer.json(status, ExampleEvents.read(problem)));

        assertThat(client().deliver(CALLBACK)).isTrue();
        assertThat(calls("settled")).isEqualTo(1);
    }

    /**
     * A proxy, a container that is being replaced, or a URL that is not the webhook's.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            404 | <html>
            404 | {"type":"about:blank","status":404,"error":"No resource"}
            404 | {"type":"https://example.com/job-not-found"}
            404 | {"type":null}
            404 | null
            404 | []
            409 | {}
            400 | <html>
            413 | <html>
            415 | {"error":"Unsupported"}
            422 | {"type":17}
            405 | {}
            410 | {}
            302 | {}
            401 | {}
            403 | <html>
            """)
    void isNotAnsweredBySomebodyElse(int status, String body) throws Exception {
        this.webhook.otherwise(ScriptedServer.json(status, body));

        assertThat(client().deliver(CALLBACK)).isFalse();
        assertThat(this.webhook.requests()).hasSize(1);
        assertThat(calls("foreign")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = { 500, 502, 503, 504 })
    void isNotAnsweredByAServerInTrouble(int status) throws Exception {
        this.webhook.otherwise(ScriptedServer.json(status, "<html>"));

        assertThat(client().deliver(CALLBACK)).isFalse();
        assertThat(calls("unanswered")).isEqualTo(1);
    }

    @Test
    void isNotAnsweredByAPageForPeople() throws Exception {
        this.webhook.otherwise((exchange) -> {
            exchange.getResponseHeaders().set("content-type", "text/html;charset=utf-8");
            exchange.sendResponseHeaders(200, -1);
        });

        assertThat(client().deliver(CALLBACK)).isFalse();
        assertThat(calls("foreign")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = { 401, 403, 404, 408, 409, 429, 500, 503 })
    void isNotAnsweredByTheApiWhichMayAcceptItLater(int status) throws Exception {
        this.webhook.otherwise(problem(status, ""));

        assertThat(client().deliver(CALLBACK)).isFalse();
        assertThat(this.webhook.requests()).hasSize(1);
        assertThat(calls("unanswered")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = { 400, 413, 415, 422 })
    void reportsTheFailureWhereTheResultIsRefused(int status) throws Exception {
        this.webhook.then(problem(status, "result must be shorter"));

        assertThat(client().deliver(CALLBACK)).isTrue();
        assertThat(this.webhook.requests()).hasSize(2);
        Callback failure = this.json.readValue(this.webhook.requests().getLast().body(), Callback.class);
        assertThat(failure.jobId()).isEqualTo("job-1");
        assertThat(failure.attempt()).isEqualTo(2);
        assertThat(failure.status()).isEqualTo(Callback.Status.FAILED);
        assertThat(failure.result()).isNull();
        assertThat(failure.error()).startsWith("The API refused the result: " + status)
            .endsWith("result must be shorter");
    }

    @Test
    void givesUpWhereTheFailureIsRefusedToo() {
        this.webhook.otherwise(problem(400, ""));

        assertThatExceptionOfType(UndeliverableException.class).isThrownBy(() -> client().deliver(CALLBACK))
            .satisfies((ex) -> assertThat(ex.reason()).isEqualTo("The API refused the result: 400 Bad Request"));
    }

    @Test
    void reportsNoFailureWhereADeferralIsRefused() {
        this.webhook.otherwise(problem(400, ""));

        assertThatExceptionOfType(UndeliverableException.class).isThrownBy(
                () -> client().deliver(Callback.deferred("job-1", 2, "claim", Duration.ofSeconds(7), null, "Busy")));
        assertThat(this.webhook.requests()).hasSize(1);
    }

    @Test
    void triesAnotherTimeWhereTheFailureIsNotAnswered() throws Exception {
        this.webhook.then(problem(413, ""), ScriptedServer.status(503));

        assertThat(client().deliver(CALLBACK)).isFalse();
    }

    @Test
    void isNotAnsweredByACutConnection() throws Exception {
        this.webhook.otherwise(ScriptedServer.cut());

        assertThat(client().deliver(CALLBACK)).isFalse();
    }

    @Test
    void isNotAnsweredByNobody() throws Exception {
        this.webhook.close();

        assertThat(client().deliver(CALLBACK)).isFalse();
    }

    @Test
    void isNotAnsweredTooLate() throws Exception {
        this.webhook.otherwise((exchange) -> awaitAnswer());

        assertThat(client(Duration.ofMillis(100), 1).deliver(CALLBACK)).isFalse();
    }

    @Test
    void makesFewCallsAtOnce() {
        CallbackClient client = client(Duration.ofSeconds(30), 3);
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger mostAtOnce = new AtomicInteger();
        this.webhook.otherwise((exchange) -> {
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            awaitAnswer();
            atOnce.decrementAndGet(); // the response lets the client make its next call
            ScriptedServer.status(200).to(exchange);
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 20).forEach((job) -> threads.submit(() -> client.deliver(CALLBACK)));
            await().until(() -> atOnce.get() == 3);
            this.answer.countDown();
        }
        assertThat(this.webhook.requests()).hasSize(20);
        assertThat(mostAtOnce).hasValue(3);
    }

    @Test
    void waitsForItsTurnWhileTheWebhookIsSlow() throws Exception {
        CallbackClient client = client(Duration.ofSeconds(30), 1, Duration.ofMillis(1));
        this.webhook.otherwise((exchange) -> {
            awaitAnswer();
            ScriptedServer.status(200).to(exchange);
        });

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> first = threads.submit(() -> client.deliver(CALLBACK));
            await().until(() -> this.webhook.requests().size() == 1);
            Future<Boolean> second = threads.submit(() -> client.deliver(CALLBACK));
            await().during(Duration.ofMillis(50)).until(() -> !second.isDone());
            this.answer.countDown();
            assertThat(first.get()).isTrue();
            assertThat(second.get()).isTrue();
        }
    }

    @Test
    void doesNotWaitForItsTurnWhileTheWebhookIsSilent() throws Exception {
        CallbackClient client = client(Duration.ofSeconds(30), 1, Duration.ofMillis(1));
        this.webhook.then(ScriptedServer.status(503)).otherwise((exchange) -> awaitAnswer());
        client.deliver(CALLBACK);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(() -> client.deliver(CALLBACK));
            await().until(() -> this.webhook.requests().size() == 2);
            assertThat(client.deliver(CALLBACK)).isFalse();
            assertThat(this.webhook.requests()).hasSize(2);
            this.answer.countDown();
        }
    }

    @Test
    void stopsWhenInterrupted() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> client().deliver(CALLBACK));
    }

    @Test
    void knowsForHowLongTheWebhookHasBeenSilent() throws Exception {
        CallbackClient client = client();
        this.webhook.then(ScriptedServer.status(503));

        assertThat(client.outage()).isZero();
        client.deliver(CALLBACK);
        await().until(() -> client.outage().isPositive());
        client.deliver(CALLBACK);
        assertThat(client.outage()).isZero();
    }

    @Test
    void keepsTheSecretToItself(CapturedOutput output) throws Exception {
        this.webhook.otherwise(problem(401, ""));

        client().deliver(CALLBACK);

        assertThat(output).contains("401 Unauthorized").doesNotContain(SECRET);
        assertThat(settings(Duration.ofSeconds(1), 1, Duration.ZERO).toString()).doesNotContain(SECRET);
    }

    @Test
    void measuresAnOutageByTimeThatPasses() throws Exception {
        Instant[] time = { Instant.EPOCH };
        CallbackClient client = new CallbackClient(RestClient.builder(), new HttpConnections(new MockEnvironment()),
                this.json, settings(Duration.ofSeconds(30), 1, Duration.ofSeconds(30)), () -> time[0],
                new CallbackMetrics(this.meters));
        this.webhook.then(ScriptedServer.status(503), ScriptedServer.json(200, "{}"));

        client.deliver(CALLBACK);
        time[0] = Instant.EPOCH.plusSeconds(7);
        assertThat(client.outage()).isEqualTo(Duration.ofSeconds(7));
        client.deliver(CALLBACK);
        assertThat(client.outage()).isZero();
    }

    private static ScriptedServer.Answer problem(int status, String error) {
        return ScriptedServer.json(status,
                "{\"type\":\"urn:job-processor:invalid-request\",\"error\":\"%s\"}".formatted(error));
    }

    private CallbackClient client() {
        return client(Duration.ofSeconds(30), 32);
    }

    private CallbackClient client(Duration timeout, int maxConcurrency) {
        return client(timeout, maxConcurrency, Duration.ofSeconds(30));
    }

    private CallbackClient client(Duration timeout, int maxConcurrency, Duration retryFor) {
        return new CallbackClient(RestClient.builder(), new HttpConnections(new MockEnvironment()), this.json,
                settings(timeout, maxConcurrency, retryFor), Clock.systemUTC(), new CallbackMetrics(this.meters));
    }

    private long calls(String result) {
        return this.meters.get("worker.callbacks").tag("result", result).timer().count();
    }

    private CallbackSettings settings(Duration timeout, int maxConcurrency, Duration retryFor) {
        return new CallbackSettings(this.webhook.url("/callback"), SECRET, List.of(), timeout, maxConcurrency, retryFor,
                Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO);
    }

    private void awaitAnswer() {
        try {
            this.answer.await();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

}
