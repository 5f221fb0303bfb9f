package dev.jobprocessor.worker;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.jobprocessor.testing.TestBroker;
import dev.jobprocessor.worker.ScriptedServer.Request;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Runs the worker as a process of its own, as only that can be given variables. */
class SpanExportIntegrationTests {

    /** Sixteen bytes that are found as text in what is exported. */
    private static final String TRACE_BYTES = "0123456789abcdef";

    private static final String TRACEPARENT = "00-30313233343536373839616263646566-00f067aa0ba902b7-01";

    @Test
    void exportsSpansAndNothingElseWhereAVariableSaysWhereTo() throws Exception {
        try (Stage stage = new Stage(); ScriptedServer collector = ScriptedServer.start()) {
            Process worker = start(stage,
                    Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url(""), "OTEL_BSP_SCHEDULE_DELAY", "50"));
            try {
                await().until(() -> stage.queues().hasConsumer(TestQueues.WORK));
                stage.queues().publishJob("job-1", TRACEPARENT);
                await().until(() -> exported(collector).contains("process jobs.work"));
            }
            finally {
                worker.destroy();
                await().until(() -> !worker.isAlive());
            }
            assertThat(exported(collector)).contains("worker-service", "http post", TRACE_BYTES)
                .doesNotContain("/actuator");
            assertThat(collector.requests()).extracting(Request::path).containsOnly("/v1/traces");
            assertThat(stage.webhook().requests().getFirst().header("traceparent")).singleElement()
                .asString()
                .endsWith("-01");
        }
    }

    private static Process start(Stage stage, Map<String, String> variables) throws Exception {
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), WorkerServiceApplication.class.getName(), "--server.port=0",
                "--worker.mock.delay=10ms");
        ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        process.environment().put("RABBITMQ_URI", TestBroker.uri());
        process.environment().put("CALLBACK_URL", stage.webhook().url("/callback"));
        process.environment().putAll(variables);
        return process.start();
    }

    private static String exported(ScriptedServer collector) {
        return String.join("", collector.requests().stream().map(Request::body).toList());
    }

}
