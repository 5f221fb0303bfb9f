package dev.jobprocessor.worker;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * While the broker or the webhook is unavailable, a worker does everything exactly once.
 */
@ExtendWith(OutputCaptureExtension.class)
class WorkerFailuresIntegrationTests {

    private final Stage stage = new Stage();

    WorkerFailuresIntegrationTests() throws Exception {
    }

    @AfterEach
    void close() throws Exception {
        this.stage.close();
    }

    @Test
    void worksOnceWhatIsRedeliveredToItInMidWork(CapturedOutput output) throws Exception {
        TestWorker worker = this.stage.startWorker();
        this.stage.queues().publishJob("job-1");
        await().until(() -> this.stage.processor().inFlight() == 1);

        worker.brokerProxy().cut();
        await().until(() -> output.getOut().contains("Redelivered while in flight"));
        this.stage.processor().release();

        await().until(() -> this.stage.callbacks().size() == 1);
        worker.close();
        assertThat(this.stage.processor().started()).containsExactly("job-1");
        assertThat(this.stage.callbacks()).hasSize(1);
        assertThat(this.stage.queues().waiting(TestQueues.WORK)).isZero();
    }

    @Test
    void repeatsNoJobThatFinishedWhileTheBrokerWasUnavailable() throws Exception {
        TestWorker worker = this.stage.startWorker();
        this.stage.queues().publishJob("job-1");
        await().until(() -> this.stage.processor().inFlight() == 1);

        worker.brokerProxy().refuse();
        await().until(() -> !worker.isConsuming());
        this.stage.processor().release();
        await().until(() -> this.stage.callbacks().size() == 1);
        worker.brokerProxy().resume();
        worker.awaitConsuming();

        await().until(() -> this.stage.queues().waiting(TestQueues.WORK) == 0);
        assertThat(this.stage.processor().started()).containsExactly("job-1");
        assertThat(this.stage.callbacks()).hasSize(1);
    }

    @Test
    void handsOverToAnotherWorkerWhatItsConnectionLost() throws Exception {
        TestWorker cutOff = this.stage.startWorker();
        this.stage.queues().publishJob("job-1");
        await().until(() -> this.stage.processor().inFlight() == 1);
        TestWorker other = this.stage.startWorker();

        cutOff.brokerProxy().refuse();
        await().until(() -> this.stage.processor().started().size() == 2);
        this.stage.processor().release();

        await().until(() -> this.stage.callbacks().size() == 2);
        other.close();
        // The API counts the first.
        assertThat(this.stage.callbackJobs()).containsExactly("job-1", "job-1");
        assertThat(this.stage.queues().waiting(TestQueues.WORK)).isZero();
    }

    @Test
    void parksResultsWhileTheWebhookIsUnavailableAndRepeatsNoWork() throws Exception {
        this.stage.webhook().otherwise(ScriptedServer.status(503));
        TestWorker worker = this.stage.startWorker("--worker.callback.hold-parked=200ms");
        this.stage.processor().release();
        List<String> jobs = List.of("job-1", "job-2", "job-3");
        for (String job : jobs) {
            this.stage.queues().publishJob(job);
        }
        await().until(() -> this.stage.callbacks().size() > 30);
        int failedCalls = this.stage.callbacks().size();

        this.stage.webhook().otherwise(ScriptedServer.status(200));

        await().until(() -> this.stage.callbackJobs().stream().skip(failedCalls).distinct().count() == 3);
        await().until(() -> this.stage.queues().waiting(TestQueues.CALLBACKS) == 0);
        worker.close();
        assertThat(this.stage.processor().started()).containsExactlyInAnyOrderElementsOf(jobs);
        assertThat(this.stage.queues().waiting(TestQueues.WORK)).isZero();
        assertThat(this.stage.queues().waiting(TestQueues.CALLBACKS)).isZero();
    }

    @Test
    void leavesParkedResultsToAnotherWorker() throws Exception {
        this.stage.webhook().otherwise(ScriptedServer.status(503));
        TestWorker stopped = this.stage.startWorker();
        this.stage.processor().release();
        this.stage.queues().publishJob("job-1");
        await().until(() -> this.stage.callbacks().size() > 10);

        stopped.close();
        assertThat(this.stage.queues().waiting(TestQueues.WORK)).isZero();
        // A broker takes its time to put back what a closed connection held.
        await().until(() -> this.stage.queues().waiting(TestQueues.CALLBACKS) == 1);
        this.stage.webhook().otherwise(ScriptedServer.status(200));
        TestWorker other = this.stage.startWorker();

        await().until(() -> this.stage.queues().waiting(TestQueues.CALLBACKS) == 0);
        other.close();
        assertThat(this.stage.queues().waiting(TestQueues.CALLBACKS)).isZero();
        assertThat(this.stage.processor().started()).containsExactly("job-1");
    }

    @Test
    void keepsAResultThatNeitherWebhookNorBrokerTakes(CapturedOutput output) throws Exception {
        this.stage.webhook().otherwise(ScriptedServer.status(503));
        TestWorker worker = this.stage.startWorker();
        this.stage.queues().publishJob("job-1");
        await().until(() -> this.stage.processor().inFlight() == 1);

        worker.brokerProxy().refuse();
        this.stage.processor().release();
        await().until(() -> this.stage.callbacks().size() > 20);
        this.stage.webhook().otherwise(ScriptedServer.status(200));
        await().until(() -> output.getOut().contains("The webhook is available again"));
        worker.brokerProxy().resume();
        worker.awaitConsuming();
        await().until(() -> this.stage.queues().waiting(TestQueues.WORK) == 0);
        assertThat(this.stage.processor().started()).containsExactly("job-1");
    }

    @Test
    void worksAndReportsWhileTheBrokerTakesNothing() throws Exception {
        TestWorker worker = this.stage.startWorker();
        for (int job = 0; job < 20; job++) {
            this.stage.queues().publishJob("job-" + job);
        }
        await().until(() -> this.stage.processor().inFlight() == 20);

        worker.brokerProxy().stall();
        this.stage.processor().release();

        await().until(() -> this.stage.callbacks().size() == 20);
        worker.brokerProxy().resume();
        worker.close();
        assertThat(this.stage.processor().started()).hasSize(20);
        assertThat(this.stage.queues().waiting(TestQueues.WORK)).isZero();
    }

}
