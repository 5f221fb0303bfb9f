package dev.jobprocessor.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import dev.jobprocessor.testing.TcpProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Polls, waits and streams as the documentation shows it, from a worker's job. */
@ApiIntegrationTest
class ClientExamplesIntegrationTests {

    private static final String DOCUMENTED = "localhost:3000";

    @Autowired
    private ApiClient api;

    @Autowired
    private WorkQueue queue;

    private ClientExamples examples;

    /** Through which clients call, so that it can cut them. */
    private TcpProxy proxy;

    @BeforeEach
    void start(@TempDir Path directory) {
        this.examples = new ClientExamples(directory);
        this.proxy = TcpProxy.to("localhost", this.api.uri("").getPort());
    }

    @AfterEach
    void stop() {
        this.examples.close();
        this.proxy.close();
    }

    @Test
    void curl() throws Exception {
        ClientExamples.assumeInstalled("sh", "curl", "jq", "sed");
        for (String way : List.of("# poll", "# wait")) {
            Process client = curl(way, Map.of());
            workOneJob();
            assertThat(this.examples.output(client)).isEqualTo("five\n");
        }
        Process stream = curl("# stream", Map.of("ID", this.api.submit("a").id()));
        this.examples.awaitOutput(stream, "PENDING");
        String id = startOneJob();
        this.examples.awaitOutput(stream, "40 %");
        this.api.callback(id, 1, "COMPLETED", "five");
        assertThat(this.examples.output(stream)).endsWith("COMPLETED\n");
    }

    private Process curl(String way, Map<String, String> environment) throws Exception {
        return this.examples.shell(here(ClientExamples.find("sh", way)), environment);
    }

    @Test
    void java() throws Exception {
        Object client = this.examples.java("JobClient")
            .getConstructor(RestClient.class)
            .newInstance(RestClient.create(here("http://" + DOCUMENTED)));
        for (String way : List.of("poll", "submitAndWait")) {
            CompletableFuture<Object> job = CompletableFuture
                .supplyAsync(() -> ReflectionTestUtils.invokeMethod(client, way, "a"), Thread::startVirtualThread);
            workOneJob();
            assertThat(job.get(1, TimeUnit.MINUTES)).extracting("status", "result")
                .containsExactly("COMPLETED", "five");
        }
        String id = this.api.submit("a").id();
        List<String> events = new CopyOnWriteArrayList<>();
        BiConsumer<String, String> onEvent = (event, data) -> events.add(event + " " + data);
        CompletableFuture<Void> stream = CompletableFuture.runAsync(
                () -> ReflectionTestUtils.invokeMethod(client, "follow", id, onEvent), Thread::startVirtualThread);
        await().until(() -> events.size() == 1);
        this.proxy.cut();
        workOneJob();
        stream.get(1, TimeUnit.MINUTES);
        assertFollowed(events);
    }

    @Test
    void typeScript() throws Exception {
        ClientExamples.assumeTypeScript();
        this.examples.typeScript("jobs", here(ClientExamples.find("ts", "async function poll")));
        for (String way : List.of("poll", "submitAndWait")) {
            Process client = node("const { status, result } = await %s('a'); console.log(status, result);", way);
            workOneJob();
            assertThat(this.examples.output(client)).isEqualTo("COMPLETED five\n");
        }
        Process stream = node("for await (const { event, data } of follow('%s')) console.log(event, data);",
                this.api.submit("a").id());
        this.examples.awaitOutput(stream, "PENDING");
        this.proxy.cut();
        workOneJob();
        assertFollowed(this.examples.output(stream).lines().toList());
    }

    private Process node(String script, String argument) throws Exception {
        return this.examples.start(Map.of(), "node", "--input-type=module", "-e",
                "import { poll, submitAndWait, follow } from './jobs.js'; " + script.formatted(argument));
    }

    /** The connection was lost meanwhile: nothing comes twice, and the end comes. */
    private static void assertFollowed(List<String> events) {
        assertThat(events).doesNotHaveDuplicates();
        assertThat(events.getFirst()).startsWith("state {").contains("\"status\":\"PENDING\"");
        assertThat(events.getLast()).startsWith("state {").contains("\"status\":\"COMPLETED\"");
    }

    private String here(String example) {
        assertThat(example).contains(DOCUMENTED);
        return example.replace(DOCUMENTED, "localhost:" + this.proxy.port());
    }

    /** Works the job that is submitted. */
    private void workOneJob() {
        this.api.callback(startOneJob(), 1, "COMPLETED", "five");
    }

    private String startOneJob() {
        String id = this.queue.take().path("jobId").asString();
        this.queue.started(id, 1, "worker-1");
        await().until(() -> this.api.find(id).startedAt() != null);
        this.api
            .post("/jobs/" + id + "/progress", Map.of("attempt", 1, "percent", 40),
                    Map.of("x-webhook-secret", "sesame"))
            .retrieve()
            .toBodilessEntity();
        return id;
    }

}
