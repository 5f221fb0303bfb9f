package dev.jobprocessor.worker;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.rabbitmq.client.GetResponse;
import dev.jobprocessor.testing.ExampleEvents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** From the queue to the webhook. */
@ExtendWith(OutputCaptureExtension.class)
class WorkerIntegrationTests {

    private static final List<String> OTHER_ENDPOINTS = List.of("auditevents", "beans", "caches", "conditions",
            "configprops", "env", "flyway", "heapdump", "httpexchanges", "info", "integrationgraph", "jolokia",
            "liquibase", "logfile", "loggers", "mappings", "metrics", "quartz", "redispatch", "refresh", "restart",
            "sbom", "scheduledtasks", "sessions", "shutdown", "startup", "threaddump");

    /** Never closed: that may wait for ever for a response whose end was not read. */
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final String ID = "6925f0a1c3b2a40f5d1e7a01";

    private final JsonMapper json = new JsonMapper();

    private final Stage stage = new Stage();

    WorkerIntegrationTests() throws Exception {
    }

    @AfterEach
    void close() throws Exception {
        this.stage.close();
    }

    @Test
    void worksAJobAndReportsIt(CapturedOutput output) throws Exception {
        TestWorker worker = this.stage.startWorkerWithItsOwnProcessor("--worker.mock.delay=10ms");

        this.stage.queues().publish("job.created", ExampleEvents.read("job-created.json"));

        await().until(() -> !this.stage.callbacks().isEmpty());
        worker.close();
        JsonNode callback = this.stage.callbacks().getFirst();
        assertThat(this.stage.callbacks()).hasSize(1);
        assertThat(callback.propertyNames()).containsExactlyInAnyOrder("jobId", "attempt", "status", "result", "start");
        assertThat(callback.path("jobId").asString()).isEqualTo(ID);
        assertThat(callback.path("attempt").asInt()).isEqualTo(2);
        assertThat(callback.path("status").asString()).isEqualTo("COMPLETED");
        assertThat(this.json.readTree(callback.path("result").asString()).path("message").asString())
            .isEqualTo("Processed job: " + ID);
        assertThat(this.stage.webhook().requests().getFirst().header("x-webhook-secret"))
            .containsExactly("local-webhook-secret");
        assertThat(this.stage.queues().waiting(TestQueues.WORK)).isZero();
        assertThat(output.getOut().lines().filter((line) -> line.contains("Completed in"))).singleElement()
            .asString()
            .contains("[" + ID + "]");
    }

    @Test
    void publishesStarts() throws Exception {
        this.stage.startWorker();

        this.stage.queues().publish("job.created", ExampleEvents.read("job-created.json"));

        await().until(() -> this.stage.queues().waiting(TestQueues.STARTED) == 1);
        GetResponse started = Objects.requireNonNull(this.stage.queues().take(TestQueues.STARTED));
        JsonNode event = this.json.readTree(started.getBody());
        assertThat(event.propertyNames()).containsExactlyInAnyOrder("jobId", "attempt", "worker", "startedAt");
        assertThat(event.path("jobId").asString()).isEqualTo(ID);
        assertThat(event.path("worker").asString()).isEqualTo("worker-1");
        assertThat(event.path("startedAt").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(started.getProps().getDeliveryMode()).isEqualTo(1);
        assertThat(started.getProps().getContentType()).isEqualTo("application/json");
        assertThat(this.stage.callbacks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "404, problem-job-not-found.json", "409, problem-job-conflict.json" })
    void isDoneWithAJobThatTheApiIsDoneWith(int status, String problem) throws Exception {
        this.stage.webhook().otherwise(ScriptedServer.json(status, ExampleEvents.read(problem)));
        TestWorker worker = this.stage.startWorker();
        this.stage.processor().release();

        this.stage.queues().publishJob("job-1");

        await().until(() -> this.stage.callbacks().size() == 1);
        worker.close();
        assertThat(this.stage.queues().waiting(TestQueues.WORK)).isZero();
        assertThat(this.stage.queues().waiting(TestQueues.CALLBACKS)).isZero();
    }

    @Test
    void reportsARefusedResultAsAFailure() throws Exception {
        this.stage.webhook()
            .then(ScriptedServer.json(400,
                    "{\"type\":\"urn:job-processor:invalid-request\",\"error\":\"result is nonsense\"}"));
        TestWorker worker = this.stage.startWorker();
        this.stage.processor().release();

        this.stage.queues().publishJob("job-1");

        await().until(() -> this.stage.callbacks().size() == 2);
        worker.close();
        assertThat(this.stage.callbacks().getLast().path("status").asString()).isEqualTo("FAILED");
        assertThat(this.stage.callbacks().getLast().path("error").asString())
            .isEqualTo("The API refused the result: 400 Bad Request, result is nonsense");
        assertThat(this.stage.queues().waiting(TestQueues.WORK)).isZero();
        assertThat(this.stage.queues().waiting(TestQueues.DEAD)).isZero();
    }

    @Test
    void buriesAJobWhoseFailureIsRefusedToo() throws Exception {
        this.stage.webhook().otherwise(ScriptedServer.json(400, "{\"type\":\"urn:job-processor:invalid-request\"}"));
        this.stage.startWorker();
        this.stage.processor().release();

        this.stage.queues().publish("job.created", ExampleEvents.read("job-created.json"));

        GetResponse dead = takeDead();
        assertThat(dead.getBody()).asString(StandardCharsets.UTF_8).isEqualTo(ExampleEvents.read("job-created.json"));
        assertThat(dead.getProps().getHeaders().get("reason"))
            .hasToString("The API refused the result: 400 Bad Request");
    }

    @ParameterizedTest
    @MethodSource
    void buriesPoison(byte[] body, String reason) throws Exception {
        TestWorker worker = this.stage.startWorker();

        this.stage.queues().publish("job.created", body);

        GetResponse dead = takeDead();
        worker.close();
        assertThat(dead.getBody()).isEqualTo(body);
        assertThat(dead.getProps().getHeaders().get("reason")).asString().contains(reason);
        assertThat(dead.getProps().getDeliveryMode()).isEqualTo(2);
        assertThat(this.stage.queues().waiting(TestQueues.WORK)).isZero();
        assertThat(this.stage.processor().started()).isEmpty();
    }

    static Stream<Object[]> buriesPoison() {
        byte[] noise = new byte[5 * 1024 * 1024];
        Arrays.fill(noise, (byte) 0xff);
        return Stream.of(poison("hello", "Unrecognized token 'hello'"), poison("", "No content"),
                poison("{\"prompt\":\"p\",\"attempt\":1}", "jobId is missing"),
                poison("{\"jobId\":\"a\",\"prompt\":\"p\"}", "Cannot map `null` into type `int`"),
                new Object[] { noise, "not a valid JobCreated" });
    }

    private static Object[] poison(String body, String reason) {
        return new Object[] { body.getBytes(StandardCharsets.UTF_8), reason };
    }

    @Test
    void runsNoMoreJobsAtOnceThanThePrefetch() throws Exception {
        this.stage.startWorker("--worker.prefetch=3");

        for (int job = 0; job < 10; job++) {
            this.stage.queues().publishJob("job-" + job);
        }

        await().until(() -> this.stage.processor().inFlight() == 3);
        this.stage.processor().release();
        await().until(() -> this.stage.callbacks().size() == 10);
        assertThat(this.stage.processor().peakInFlight()).isLessThanOrEqualTo(3);
        assertThat(this.stage.callbackJobs())
            .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 10).mapToObj((job) -> "job-" + job).toList());
    }

    private static ScriptedServer.Answer started() {
        return ScriptedServer.json(200, """
                {"deadline": "2026-11-24T10:30:15.061Z", "callbackUrl": "http://api/callback?token=t"}""");
    }

    @Test
    void leavesAJobToItsWorkflow() throws Exception {
        try (ScriptedServer workflow = ScriptedServer.start()) {
            this.stage.webhook().then(started());
            TestWorker worker = this.stage.startWorkerWithItsOwnProcessor("--worker.processor=n8n",
                    "--worker.n8n.url=" + workflow.url("/webhook/jobs"));

            this.stage.queues().publish("job.created", ExampleEvents.read("job-created.json"));

            await().until(() -> workflow.requests().size() == 1);
            worker.close();
            JsonNode request = this.json.readTree(workflow.requests().getLast().body());
            assertThat(request.path("jobId").asString()).isEqualTo(ID);
            assertThat(request.path("attempt").asInt()).isEqualTo(2);
            assertThat(request.path("prompt").asString()).contains("naïve 🚀");
            assertThat(request.path("callbackUrl").asString()).isEqualTo(this.stage.webhook().url("/callback?token=t"));
            assertThat(this.stage.callbacks()).hasSize(1); // the claim
            assertThat(this.stage.queues().waiting(TestQueues.WORK)).isZero();
        }
    }

    @Test
    void reportsAWorkflowThatDoesNotAnswer() throws Exception {
        try (ScriptedServer workflow = ScriptedServer.start()) {
            workflow.otherwise(ScriptedServer.status(500));
            this.stage.webhook().then(started());
            this.stage.startWorkerWithItsOwnProcessor("--worker.processor=n8n",
                    "--worker.n8n.url=" + workflow.url("/webhook/jobs"));

            this.stage.queues().publish("job.created", ExampleEvents.read("job-created.json"));

            await().until(() -> this.stage.callbacks().size() == 2);
            assertThat(workflow.requests()).hasSize(1);
            assertThat(this.stage.callbacks().getLast())
                .isEqualTo(this.json.readTree(ExampleEvents.read("callback-failed-by-code.json")));
        }
    }

    @Test
    void showsItsWorkToPrometheus() throws Exception {
        this.stage.webhook().then(ScriptedServer.status(503));
        TestWorker worker = this.stage.startWorker();
        this.stage.queues().publishJob("job-1");
        await().until(() -> metric(worker, "worker_jobs_in_flight{queue=\"default\"}") == 1);
        this.stage.processor().release();
        await().until(() -> metric(worker, "worker_jobs_in_flight") == 0);

        this.stage.queues().publish("job.created", "nonsense".getBytes(StandardCharsets.UTF_8));

        await().until(() -> metric(worker, "worker_dead_letters_total") == 1);
        assertThat(metric(worker, "worker_jobs_seconds_count{outcome=\"completed\"}")).isEqualTo(1);
        assertThat(metric(worker, "worker_jobs_seconds_bucket{outcome=\"completed\",le=\"60.0\"}")).isEqualTo(1);
        assertThat(metric(worker, "worker_jobs_seconds_count{outcome=\"failed\"}")).isZero();
        assertThat(metric(worker, "worker_callbacks_seconds_count{result=\"unanswered\"}")).isEqualTo(1);
        assertThat(metric(worker, "worker_callbacks_seconds_count{result=\"settled\"}")).isEqualTo(1);
        assertThat(metric(worker, "worker_callbacks_parked_total")).isZero();
        assertThat(metric(worker, "rabbitmq_connections{name=\"rabbit\"}")).isPositive();
        assertThat(metric(worker, "jvm_threads_live_threads")).isPositive();
    }

    @Test
    void isReadyWhileJobsCanReachIt() throws Exception {
        TestWorker worker = this.stage.startWorker();

        assertThat(health(worker, "readiness")).isEqualTo(200);
        worker.brokerProxy().refuse();
        await().until(() -> health(worker, "readiness") == 503);
        assertThat(health(worker, "liveness")).isEqualTo(200);
        worker.brokerProxy().resume();
        await().until(() -> health(worker, "readiness") == 200);
    }

    @Test
    void exposesProbesAndMetricsAndNothingElse() throws Exception {
        TestWorker worker = this.stage.startWorker();

        HttpResponse<String> endpoints = HTTP.send(request(uri(worker, "/actuator")),
                HttpResponse.BodyHandlers.ofString());
        assertThat(this.json.readTree(endpoints.body()).path("_links").propertyNames())
            .containsExactlyInAnyOrder("self", "health", "health-path", "prometheus");
        HttpResponse<String> health = HTTP.send(request(uri(worker, "/actuator/health")),
                HttpResponse.BodyHandlers.ofString());
        assertThat(this.json.readTree(health.body()).propertyNames()).containsExactlyInAnyOrder("status", "groups");
        for (String endpoint : OTHER_ENDPOINTS) {
            assertThat(status(worker, "/actuator/" + endpoint)).isEqualTo(404);
        }
        assertThat(status(worker, "/")).isEqualTo(404);
    }

    private static int health(TestWorker worker, String group) throws Exception {
        return status(worker, "/actuator/health/" + group);
    }

    private static int status(TestWorker worker, String path) throws Exception {
        return HTTP.send(request(uri(worker, path)), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static URI uri(TestWorker worker, String path) {
        return URI.create("http://127.0.0.1:" + worker.port() + path);
    }

    /**
     * @param selector a name, and in braces what labels it must have
     */
    private static double metric(TestWorker worker, String selector) throws Exception {
        String[] parts = selector.split("[{},]");
        return HTTP.send(request(uri(worker, "/actuator/prometheus")), HttpResponse.BodyHandlers.ofString())
            .body()
            .lines()
            .filter((line) -> line.startsWith(parts[0] + " ") || line.startsWith(parts[0] + "{"))
            .filter((line) -> Stream.of(parts).allMatch(line::contains))
            .mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
            .findFirst()
            .orElseThrow(() -> new AssertionError("There is no " + selector));
    }

    private static HttpRequest request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(1)).build();
    }

    private GetResponse takeDead() throws Exception {
        await().until(() -> this.stage.queues().waiting(TestQueues.DEAD) == 1);
        return Objects.requireNonNull(this.stage.queues().take(TestQueues.DEAD));
    }

}
