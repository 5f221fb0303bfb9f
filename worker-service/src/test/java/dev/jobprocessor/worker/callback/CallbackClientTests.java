package dev.jobprocessor.worker.callback;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.jobprocessor.testing.ExampleEvents;
import dev.jobprocessor.worker.ScriptedServer;
import dev.jobprocessor.worker.broker.MessageTraces;
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
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

@ExtendWith(OutputCaptureExtension.class)
class CallbackClientTests {

    private static final String SECRET = "s3cret-of-the-tests";

    private static final Callback CALLBACK = Callback.completed("job-1", 2, "{}", null);

    private final ScriptedServer webhook = ScriptedServer.start();

    private final JsonMapper json = new JsonMapper();

    private final MeterRegistry meters = new SimpleMeterRegistry();

    private final MessageTraces traces = mock(MessageTraces.class);

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
            ScriptedServer.accepted().to(exchange);
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 20).forEach((job) -> threads.submit(() -> client.deliver(CALLBACK)));
            await().until(() -> atOnce.get() == 3);
            this.answer.countDown();
        }
        assertThat(jobs().size()).isEqualTo(20);
        assertThat(mostAtOnce).hasValue(3);
    }

    @Test
    void deliversWhatWaitsForACallByTheNext() throws Exception {
        this.webhook.then(held());
        given(this.traces.parent()).willReturn("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        assertThat(deliverBehindAnother(callbacks(5))).containsOnly(true).hasSize(5);

        assertThat(this.webhook.requests()).hasSize(2);
        ScriptedServer.Request several = this.webhook.requests().getLast();
        assertThat(several.path()).isEqualTo("/callbacks");
        assertThat(several.header("x-webhook-secret")).containsExactly(SECRET);
        assertThat(this.json.readTree(several.body())).hasSize(5)
            .allSatisfy((callback) -> assertThat(callback.path("traceparent").asString())
                .startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736"));
        assertThat(jobs()).containsExactly("job-first", "job-0", "job-1", "job-2", "job-3", "job-4");
    }

    @ParameterizedTest
    @CsvSource({ "100, 2", "101, 3" })
    void deliversNoMoreAtOnceThanTheApiTakes(int callbacks, int calls) throws Exception {
        this.webhook.then(held());

        assertThat(deliverBehindAnother(callbacks(callbacks))).containsOnly(true).hasSize(callbacks);

        assertThat(this.webhook.requests()).hasSize(calls);
    }

    @Test
    void deliversLargeResultsByCallsOfTheirOwn() throws Exception {
        String large = "x".repeat(600_000);
        this.webhook.then(held());

        deliverBehindAnother(List.of(Callback.completed("job-a", 1, large, null),
                Callback.completed("job-b", 1, large, null), Callback.completed("job-c", 1, "{}", null)));

        assertThat(this.webhook.requests()).hasSize(3);
        assertThat(jobs()).containsExactly("job-first", "job-a", "job-b", "job-c");
    }

    /** Which says in detail why one is refused. */
    @Test
    void deliversAgainAloneWhatIsNotSettledAmongOthers() throws Exception {
        this.webhook.then(held(), ScriptedServer.json(200,
                "[{\"status\":200},{\"status\":400},{\"status\":404},{\"status\":409},{\"status\":413}]"));

        assertThat(deliverBehindAnother(callbacks(6))).containsOnly(true).hasSize(6);

        assertThat(jobs()).containsExactly("job-first", "job-0", "job-1", "job-2", "job-3", "job-4", "job-5", "job-1",
                "job-4", "job-5");
    }

    /** An API of an earlier version, or a proxy, knows nothing of several at once. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            404 | {"type":"urn:job-processor:request-refused"}
            404 | <html>
            400 | {"type":"urn:job-processor:invalid-request"}
            200 | {}
            200 | <html>
            """)
    void deliversEachAloneWhereSeveralAreNotTaken(int status, String body) throws Exception {
        this.webhook.then(held(), ScriptedServer.json(status, body));

        assertThat(deliverBehindAnother(callbacks(3))).containsOnly(true).hasSize(3);

        assertThat(jobs()).endsWith("job-0", "job-1", "job-2").hasSize(7);
    }

    @Test
    void deliversNoneAgainAtOnceWhileTheWebhookIsInTrouble() throws Exception {
        this.webhook.then(held()).otherwise(ScriptedServer.status(503));

        assertThat(deliverBehindAnother(callbacks(3))).containsOnly(false).hasSize(3);

        assertThat(this.webhook.requests()).hasSize(2);
    }

    private static List<Callback> callbacks(int count) {
        return IntStream.range(0, count).mapToObj((job) -> Callback.completed("job-" + job, 1, "{}", null)).toList();
    }

    private ScriptedServer.Answer held() {
        return (exchange) -> {
            awaitAnswer();
            ScriptedServer.accepted().to(exchange);
        };
    }

    /** Has another callback in flight until all of these wait, in their order. */
    private List<Boolean> deliverBehindAnother(List<Callback> callbacks) throws Exception {
        CallbackClient client = client(Duration.ofSeconds(30), 1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(() -> client.deliver(Callback.completed("job-first", 1, "{}", null)));
            await().until(() -> this.webhook.requests().size() == 1);
            List<Future<Boolean>> delivered = new ArrayList<>();
            for (Callback callback : callbacks) {
                delivered.add(threads.submit(() -> client.deliver(callback)));
                await().pollInterval(Duration.ofMillis(1)).until(() -> client.waiting() == delivered.size());
            }
            this.answer.countDown();
            List<Boolean> settled = new ArrayList<>();
            for (Future<Boolean> each : delivered) {
                settled.add(each.get());
            }
            return settled;
        }
    }

    /** Of all calls, in their order. */
    private List<String> jobs() {
        return this.webhook.requests()
            .stream()
            .map((request) -> this.json.readTree(request.body()))
            .flatMap((body) -> body.isArray() ? body.valueStream() : Stream.of(body))
            .map((callback) -> callback.path("jobId").asString())
            .toList();
    }

    @Test
    void waitsForItsTurnWhileTheWebhookIsSlow() throws Exception {
        CallbackClient client = client(Duration.ofSeconds(30), 1, Duration.ofMillis(1));
        this.webhook.otherwise((exchange) -> {
            awaitAnswer();
            ScriptedServer.accepted().to(exchange);
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
        CallbackClient client = client(settings(Duration.ofSeconds(30), 1, Duration.ofSeconds(30)), () -> time[0]);
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
        return client(settings(timeout, maxConcurrency, retryFor), Clock.systemUTC());
    }

    private CallbackClient client(CallbackSettings settings, InstantSource time) {
        CallbackEndpoint endpoint = new CallbackEndpoint(RestClient.builder(),
                new HttpConnections(new MockEnvironment()), this.json, settings, new CallbackMetrics(this.meters));
        return new CallbackClient(endpoint, this.json, this.traces, settings, time);
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
