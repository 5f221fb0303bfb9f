package dev.jobprocessor.worker;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.jobprocessor.worker.ScriptedServer.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Several queues in one worker. */
@ExtendWith(OutputCaptureExtension.class)
class WorkerQueuesIntegrationTests {

    private static final String QUICK = "jobs.work.quick";

    private static final String SLOW = "jobs.work.slow";

    private final Stage stage = new Stage();

    WorkerQueuesIntegrationTests() throws Exception {
        this.stage.queues().purgeDeclared(QUICK);
        this.stage.queues().purgeDeclared(SLOW);
    }

    @AfterEach
    void close() throws Exception {
        this.stage.close();
    }

    private TestWorker startWorker(String... delays) {
        return this.stage.startWorkerWithItsOwnProcessor("--worker.queues.quick.processor=mock",
                "--worker.queues.quick.mock.delay=" + delays[0], "--worker.queues.slow.processor=mock",
                "--worker.queues.slow.mock.delay=" + delays[1], "--worker.queues.slow.concurrency=2",
                "--worker.shutdown-timeout=5s");
    }

    @Test
    void slowsNoQueueByAnother() throws Exception {
        TestWorker worker = startWorker("10ms", "10m");
        for (int i = 0; i < 10; i++) {
            this.stage.queues().publish("job.created.slow", job("slow-" + i));
            this.stage.queues().publish("job.created.quick", job("quick-" + i));
        }
        this.stage.queues().publishJob("nobody's");

        await().until(() -> this.stage.callbacks().size() == 10);
        assertThat(this.stage.callbackJobs()).allMatch((job) -> job.startsWith("quick-"));
        await().until(() -> this.stage.queues().waiting(TestQueues.STARTED) == 10 + 2);
        assertThat(this.stage.queues().hasConsumer(QUICK)).isTrue();
        assertThat(worker.isConsuming()).isTrue();
        assertThat(this.stage.queues().take(TestQueues.WORK)).as("the default queue is not served").isNotNull();
        IntStream.range(0, 10).forEach((i) -> assertThat(this.stage.callbackJobs()).contains("quick-" + i));
    }

    @Test
    void drainsAllQueues(CapturedOutput output) throws Exception {
        TestWorker worker = startWorker("2s", "2s");
        this.stage.queues().publish("job.created.slow", job("slow"));
        this.stage.queues().publish("job.created.quick", job("quick"));
        await().until(() -> this.stage.queues().waiting(TestQueues.STARTED) == 2);

        worker.close();

        assertThat(this.stage.callbackJobs()).containsExactlyInAnyOrder("slow", "quick");
        assertThat(output).contains("Stopped consuming " + SLOW + ": 1 finished, 0 were requeued")
            .contains("Stopped consuming " + QUICK + ": 1 finished, 0 were requeued");
    }

    @Test
    void startsNothingOfAPausedQueueAndFinishesWhatRuns() throws Exception {
        TestWorker worker = startWorker("10ms", "3s");
        this.stage.queues().publish("job.created.slow", job("running"));
        await().until(() -> this.stage.queues().waiting(TestQueues.STARTED) == 1);

        pause("slow");
        await().until(() -> !this.stage.queues().hasConsumer(SLOW));
        this.stage.queues().publish("job.created.slow", job("waiting"));
        this.stage.queues().publish("job.created.quick", job("quick"));

        await().until(() -> this.stage.callbackJobs().size() == 2);
        assertThat(this.stage.callbackJobs()).containsExactlyInAnyOrder("quick", "running");
        await().until(() -> this.stage.queues().waiting(SLOW) == 1);
        assertThat(worker.isConsuming()).as("a pause is no failure").isTrue();

        pause();
        await().until(() -> this.stage.callbackJobs().contains("waiting"));
        assertThat(this.stage.callbackJobs()).doesNotHaveDuplicates();
    }

    @Test
    void startsNothingOfAQueueThatWasPausedBeforeIt() throws Exception {
        pause("slow");
        startWorker("10ms", "10ms");
        this.stage.queues().publish("job.created.slow", job("waiting"));
        this.stage.queues().publish("job.created.quick", job("quick"));
        await().until(() -> this.stage.callbackJobs().contains("quick"));

        assertThat(this.stage.queues().hasConsumer(SLOW)).isFalse();
        assertThat(this.stage.queues().waiting(SLOW)).isEqualTo(1);
        pause();
        await().until(() -> this.stage.callbackJobs().contains("waiting"));
    }

    @Test
    void closesTheConnectionOfACancelledCallAndAcknowledgesItsJob() throws Exception {
        try (ServerSocket provider = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            TestWorker worker = this.stage.startWorkerWithItsOwnProcessor("--worker.queues.slow.processor=openai",
                    "--worker.queues.slow.openai.base-url=http://127.0.0.1:" + provider.getLocalPort() + "/v1",
                    "--worker.queues.slow.openai.api-key=key", "--worker.heartbeat-interval=1h",
                    "--worker.shutdown-timeout=1m");
            this.stage.webhook().otherwise(ScriptedServer.json(200, """
                    {"deadline":"2126-11-24T09:30:15.042Z","callbackUrl":"http://api/callback?token=t"}"""));
            this.stage.queues().publish("job.created.slow", job("cancelled"));

            try (Socket call = provider.accept()) {
                call.setSoTimeout(60_000);
                call.getInputStream().read();
                this.stage.queues()
                    .publishControl("{\"ended\":[{\"jobId\":\"cancelled\",\"attempt\":1}],\"heartbeat\":false}");
                call.getInputStream().transferTo(OutputStream.nullOutputStream());
            }

            worker.close();
            assertThat(this.stage.queues().take(SLOW)).as("acknowledged").isNull();
            assertThat(this.stage.webhook().requests()).extracting(Request::path)
                .containsExactly("/../cancelled/start");
        }
    }

    @Test
    void startsNothingWhileItIsDrainedAndRequeuesWhatHasNotBegun() throws Exception {
        this.stage.processor().close();
        TestWorker worker = this.stage.startWorker("--worker.heartbeat-interval=1h");
        this.stage.queues().publishJob("waiting");
        await().until(() -> this.stage.processor().waiting() == 1);

        instruct(",\"drain\":true");
        await().until(() -> this.stage.queues().waiting(TestQueues.WORK) == 1);
        assertThat(worker.isConsuming()).as("a drained worker is no failure").isTrue();

        this.stage.processor().release();
        instruct("");
        await().until(() -> this.stage.processor().started().equals(List.of("waiting")));
    }

    private void pause(String... queues) throws Exception {
        String paused = Stream.of(queues).map("\"%s\""::formatted).collect(Collectors.joining(","));
        instruct(",\"pausedQueues\":[%s]".formatted(paused));
    }

    private void instruct(String more) throws Exception {
        this.stage.webhook().heartbeats(ScriptedServer.instructions(more));
        this.stage.queues().publishControl("{\"ended\":[],\"heartbeat\":true}");
    }

    private static String job(String id) {
        return "{\"jobId\":\"%s\",\"prompt\":\"prompt\",\"attempt\":1}".formatted(id);
    }

}
