package dev.jobprocessor.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What SIGTERM does to a worker under load. */
@ExtendWith(OutputCaptureExtension.class)
class WorkerShutdownIntegrationTests {

    private final Stage stage = new Stage();

    WorkerShutdownIntegrationTests() throws Exception {
    }

    @AfterEach
    void close() throws Exception {
        this.stage.close();
    }

    @Test
    void finishesJobsInFlightAndAcceptsNoMore() throws Exception {
        TestWorker worker = this.stage.startWorker("--worker.prefetch=20");
        publish(0, 50);
        await().until(() -> this.stage.processor().inFlight() == 20);

        Thread stop = Thread.startVirtualThread(worker::close);
        await().until(() -> !worker.isConsuming());
        this.stage.processor().release();
        stop.join();

        assertThat(this.stage.processor().started()).hasSize(20).doesNotHaveDuplicates();
        assertThat(this.stage.callbackJobs()).containsExactlyInAnyOrderElementsOf(this.stage.processor().started());
        await().until(() -> this.stage.queues().waiting(TestQueues.WORK) == 30);
    }

    @Test
    void worksNothingTwiceWhereAnotherWorkerTakesOver() throws Exception {
        TestWorker stopped = this.stage.startWorker("--worker.prefetch=100");
        AtomicInteger published = new AtomicInteger();
        Thread load = Thread.startVirtualThread(() -> publish(published, 1000));
        await().until(() -> this.stage.processor().inFlight() == 100);
        TestWorker other = this.stage.startWorker("--worker.prefetch=100");

        Thread stop = Thread.startVirtualThread(stopped::close);
        await().until(() -> !stopped.isConsuming());
        this.stage.processor().release();
        stop.join();
        load.join();

        await().until(() -> this.stage.callbacks().size() >= 1000);
        other.close();
        assertThat(this.stage.callbackJobs()).hasSize(1000).doesNotHaveDuplicates();
        assertThat(this.stage.processor().started()).hasSize(1000).doesNotHaveDuplicates();
        assertThat(this.stage.queues().waiting(TestQueues.WORK)).isZero();
    }

    @Test
    void requeuesJobsThatTakeTooLong(CapturedOutput output) throws Exception {
        TestWorker worker = this.stage.startWorker("--worker.shutdown-timeout=100ms");
        publish(0, 2);
        await().until(() -> this.stage.processor().inFlight() == 2);

        worker.close();

        await().until(() -> this.stage.processor().inFlight() == 0);
        assertThat(this.stage.callbacks()).isEmpty();
        await().until(() -> this.stage.queues().waiting(TestQueues.WORK) == 2);
        assertThat(output).contains("Stopped consuming jobs.work: 0 finished, 2 were requeued");
    }

    @Test
    void requeuesAtOnceWhatHasNotBegun(CapturedOutput output) throws Exception {
        TestWorker worker = this.stage.startWorker("--worker.shutdown-timeout=1h");
        publish(0);
        await().until(() -> this.stage.processor().inFlight() == 1);
        this.stage.processor().close();
        publish(1, 4);
        await().until(() -> this.stage.processor().waiting() == 3);

        Thread stop = Thread.startVirtualThread(worker::close);
        for (int i = 1; i < 4; i++) {
            await().until(() -> this.stage.queues().take(TestQueues.WORK) != null);
        }
        assertThat(this.stage.processor().inFlight()).isEqualTo(1);
        this.stage.processor().release();
        stop.join();

        assertThat(this.stage.callbackJobs()).containsExactly("job-0");
        assertThat(output).contains("1 in flight may take 3600 s to finish, 3 not started were requeued",
                "Stopped consuming jobs.work: 1 finished, 0 were requeued");
    }

    @Test
    void stopsAtOnceWhereNothingHasBegun() throws Exception {
        TestWorker worker = this.stage.startWorker("--worker.shutdown-timeout=1h");
        this.stage.processor().close();
        publish(0, 3);
        await().until(() -> this.stage.processor().waiting() == 3);

        Thread stop = Thread.startVirtualThread(worker::close);
        await().until(() -> !stop.isAlive());

        assertThat(this.stage.processor().started()).isEmpty();
        await().until(() -> this.stage.queues().waiting(TestQueues.WORK) == 3);
    }

    private void publish(int from, int to) {
        IntStream.range(from, to).forEach(this::publish);
    }

    private void publish(AtomicInteger published, int count) {
        while (published.get() < count) {
            publish(published.getAndIncrement());
        }
    }

    private void publish(int job) {
        try {
            this.stage.queues().publishJob("job-" + job);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
