package dev.jobprocessor.worker;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import com.rabbitmq.client.GetResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** From the trace of a message to that of all that follows from it. */
@ExtendWith(OutputCaptureExtension.class)
class TracingIntegrationTests {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static final String TRACEPARENT = traceparent(TRACE);

    /** The same trace, another span, not recorded as nobody gets it. */
    private static final String CONTINUED = "00-" + TRACE + "-(?!00f067aa0ba902b7)[0-9a-f]{16}-00";

    private final Stage stage = new Stage();

    TracingIntegrationTests() throws Exception {
    }

    @AfterEach
    void close() throws Exception {
        this.stage.close();
    }

    @Test
    void goesOnToTheWebhook() throws Exception {
        this.stage.startWorker();
        this.stage.processor().release();

        this.stage.queues().publishJob("job-1", TRACEPARENT);

        await().until(() -> !this.stage.callbacks().isEmpty());
        assertThat(callbackTraces()).singleElement().asString().matches(CONTINUED);
    }

    @Test
    void isThatOfEachJobAmongMany() throws Exception {
        this.stage.startWorker();
        for (int job = 10; job < 60; job++) {
            this.stage.queues().publishJob("job-" + job, traceparent(traceOf(job)));
        }
        await().until(() -> this.stage.processor().inFlight() == 50);

        this.stage.processor().release();

        await().until(() -> this.stage.callbacks().size() == 50);
        assertThat(IntStream.range(0, 50)
            .mapToObj((i) -> this.stage.callbackJobs().get(i) + " " + callbackTraces().get(i))).allSatisfy(
                    (callback) -> assertThat(callback).matches("job-(\\d\\d) 00-\\1f92f3577b34da6a3ce929d0e0e4736-.*"));
    }

    @Test
    void beginsWhereAMessageHasNone() throws Exception {
        this.stage.startWorker();
        this.stage.processor().release();

        this.stage.queues().publishJob("job-1");
        this.stage.queues().publishJob("job-2", "nonsense");

        await().until(() -> this.stage.callbacks().size() == 2);
        assertThat(callbackTraces()).doesNotHaveDuplicates()
            .allSatisfy((trace) -> assertThat(trace).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-02"));
    }

    @Test
    void goesOnToTheNoticeOfAStart() throws Exception {
        this.stage.startWorker();

        this.stage.queues().publishJob("job-1", TRACEPARENT);

        assertThat(traceOf(taken(TestQueues.STARTED))).matches(CONTINUED);
    }

    @Test
    void outlivesParking() throws Exception {
        this.stage.webhook().otherwise(ScriptedServer.status(503));
        TestWorker stopped = this.stage.startWorker();
        this.stage.processor().release();
        this.stage.queues().publishJob("job-1", TRACEPARENT);
        await().until(() -> this.stage.callbacks().size() > 10);
        stopped.close();
        await().until(() -> this.stage.queues().waiting(TestQueues.CALLBACKS) == 1);
        int failedCalls = this.stage.callbacks().size();

        this.stage.webhook().otherwise(ScriptedServer.status(200));
        this.stage.startWorker("--worker.callback.hold-parked=200ms");

        await().until(() -> this.stage.callbacks().size() > failedCalls);
        assertThat(callbackTraces()).allSatisfy((trace) -> assertThat(trace).matches(CONTINUED));
        assertThat(this.stage.processor().started()).containsExactly("job-1");
    }

    @Test
    void outlivesTheEndOfTheQueue() throws Exception {
        this.stage.webhook().otherwise(ScriptedServer.status(503));
        this.stage.startWorker("--worker.callback.hold-parked=0ms");
        this.stage.processor().release();

        this.stage.queues().publishJob("job-1", TRACEPARENT);

        await().until(() -> this.stage.callbacks().size() > 20);
        assertThat(callbackTraces()).allSatisfy((trace) -> assertThat(trace).matches(CONTINUED));
    }

    @Test
    void goesOnToTheDeadLetters() throws Exception {
        this.stage.startWorker();

        this.stage.queues()
            .publish("job.created", "poison".getBytes(StandardCharsets.UTF_8), Map.of("traceparent", TRACEPARENT));

        assertThat(traceOf(taken(TestQueues.DEAD))).matches(CONTINUED);
    }

    @ParameterizedTest
    @ValueSource(strings = { "n8n", "openai" })
    void goesOnToWhomTheProcessorCalls(String processor) throws Exception {
        this.stage.webhook().then(ScriptedServer.json(200, """
                {"deadline": "2026-11-24T10:30:15.061Z", "callbackUrl": "http://api/callback?token=t"}"""));
        try (ScriptedServer called = ScriptedServer.start().otherwise(ScriptedServer.status(200))) {
            this.stage.startWorkerWithItsOwnProcessor("--worker.processor=" + processor,
                    "--worker.n8n.url=" + called.url("/workflow"), "--worker.openai.base-url=" + called.url("/v1"),
                    "--worker.openai.api-key=key");

            this.stage.queues().publishJob("job-1", TRACEPARENT);

            await().until(() -> !called.requests().isEmpty());
            assertThat(called.requests().getFirst().header("traceparent")).singleElement()
                .asString()
                .matches(CONTINUED);
        }
    }

    @Test
    void isInTheLinesOfAJobAndInNoOther(CapturedOutput output) throws Exception {
        TestWorker worker = this.stage.startWorker();
        this.stage.processor().release();

        this.stage.queues().publishJob("job-1", TRACEPARENT);

        await().until(() -> !this.stage.callbacks().isEmpty());
        worker.close();
        assertThat(output.getOut().lines().filter((line) -> line.contains("Completed in"))).singleElement()
            .asString()
            .containsPattern("\\[" + TRACE + "-[0-9a-f]{16}\\] \\[job-1\\] ");
        assertThat(output.getOut().lines().filter((line) -> line.contains("onsuming jobs.work"))).hasSize(2)
            .allSatisfy((line) -> assertThat(line).doesNotContain("[]", "[-]", TRACE));
    }

    @Test
    void isInStructuredLines(CapturedOutput output) throws Exception {
        this.stage.startWorker("--logging.structured.format.console=ecs");
        this.stage.processor().release();

        this.stage.queues().publishJob("job-1", TRACEPARENT);

        await().until(() -> output.getOut().contains("Completed in"));
        assertThat(output.getOut().lines().filter((line) -> line.contains("Completed in"))).singleElement()
            .asString()
            .contains("\"traceId\":\"" + TRACE + "\"", "\"jobId\":\"job-1\"");
    }

    private List<String> callbackTraces() {
        return this.stage.webhook()
            .requests()
            .stream()
            .flatMap((request) -> request.header("traceparent").stream())
            .toList();
    }

    private GetResponse taken(String queue) throws Exception {
        await().until(() -> this.stage.queues().waiting(queue) == 1);
        return Objects.requireNonNull(this.stage.queues().take(queue));
    }

    private static String traceOf(GetResponse message) {
        return String.valueOf(message.getProps().getHeaders().get("traceparent"));
    }

    private static String traceOf(int job) {
        return job + TRACE.substring(2);
    }

    private static String traceparent(String trace) {
        return "00-" + trace + "-00f067aa0ba902b7-01";
    }

}
