package dev.jobprocessor.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.jobprocessor.worker.ScriptedServer.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Everything around the workers of an integration test. */
final class Stage implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final ScriptedServer webhook = ScriptedServer.start();

    private final HeldProcessor processor = new HeldProcessor();

    private final TestQueues queues;

    private final List<TestWorker> workers = new ArrayList<>();

    Stage() throws Exception {
        this.queues = TestQueues.connect();
    }

    ScriptedServer webhook() {
        return this.webhook;
    }

    /** What the workers of {@link #startWorker} work with. */
    HeldProcessor processor() {
        return this.processor;
    }

    TestQueues queues() {
        return this.queues;
    }

    TestWorker startWorker(String... settings) {
        return start(this.processor, settings);
    }

    TestWorker startWorkerWithItsOwnProcessor(String... settings) {
        return start(null, settings);
    }

    private TestWorker start(@Nullable HeldProcessor processor, String... settings) {
        TestWorker worker = TestWorker.start(this.webhook, processor, settings);
        this.workers.add(worker);
        return worker;
    }

    /** What the webhook was called with, in order, also where a call had several. */
    List<JsonNode> callbacks() {
        return this.webhook.requests()
            .stream()
            .map(Request::body)
            .map(JSON::readTree)
            .flatMap((body) -> body.isArray() ? body.valueStream() : Stream.of(body))
            .toList();
    }

    /** Their jobs. */
    List<String> callbackJobs() {
        return callbacks().stream().map((callback) -> callback.path("jobId").asString()).toList();
    }

    @Override
    public void close() throws Exception {
        this.processor.release();
        this.workers.forEach(TestWorker::close);
        this.queues.purge();
        this.queues.close();
        this.webhook.close();
    }

}
