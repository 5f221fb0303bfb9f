package dev.jobprocessor.worker.processing;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import dev.jobprocessor.worker.ScriptedServer;
import dev.jobprocessor.worker.callback.CallbackSettings;
import dev.jobprocessor.worker.http.HttpConnections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.mock.env.MockEnvironment;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

class N8nProcessorTests {

    private static final Job JOB = new Job("job-1", "Summarise naïve 🚀", 2);

    private static final CallbackSettings CALLBACK = new CallbackSettings("http://api/jobs/webhook/callback", "s3cret",
            Duration.ofSeconds(1), 1, Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO);

    private final ScriptedServer workflow = ScriptedServer.start();

    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void stop() {
        this.never.countDown();
        this.workflow.close();
    }

    @Test
    void handsTheJobToTheWorkflow() {
        assertThat(process(0)).isEqualTo(new Outcome.Delegated());

        assertThat(this.workflow.requests()).singleElement().satisfies((request) -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/webhook/jobs");
            assertThat(request.header("x-webhook-secret")).containsExactly("s3cret");
            assertThat(request.header("content-type")).containsExactly("application/json");
            assertThat(new JsonMapper().readTree(request.body())).isEqualTo(new JsonMapper().readTree("""
                    {"jobId": "job-1", "prompt": "Summarise naïve 🚀", "attempt": 2,
                     "callbackUrl": "http://api/jobs/webhook/callback"}"""));
        });
    }

    @Test
    void triesAgainUntilTheWorkflowAnswers() {
        this.workflow.then(ScriptedServer.status(503), ScriptedServer.cut(), ScriptedServer.status(404));

        assertThat(process(3)).isEqualTo(new Outcome.Delegated());
        assertThat(this.workflow.requests()).hasSize(4);
    }

    @Test
    void failsWithTheWorkflowsLastAnswer() {
        this.workflow.otherwise(ScriptedServer.status(500));

        assertThat(process(2)).isEqualTo(new Outcome.Failed("The workflow answered 500 Internal Server Error"));
        assertThat(this.workflow.requests()).hasSize(3);
    }

    @Test
    void followsNoRedirect() {
        this.workflow.otherwise(ScriptedServer.json(302, "", Map.of("location", "/login")));

        assertThat(process(0)).isEqualTo(new Outcome.Failed("The workflow answered 302 Found"));
    }

    @Test
    void failsWhereTheWorkflowTakesTooLong() {
        this.workflow.otherwise((exchange) -> awaitEnd());

        assertThat(process(0, Duration.ofMillis(100)))
            .isEqualTo(new Outcome.Failed("The workflow did not answer in time"));
    }

    @Test
    void failsWhereTheWorkflowCutsTheConnection() {
        this.workflow.otherwise(ScriptedServer.cut());

        assertThat(process(0)).isEqualTo(new Outcome.Failed("The workflow broke the connection"));
    }

    @Test
    void failsWhereNobodyListens() {
        this.workflow.close();

        assertThat(process(1)).isEqualTo(new Outcome.Failed("The workflow could not be reached"));
    }

    private Outcome process(int maxRetries) {
        return process(maxRetries, Duration.ofSeconds(30));
    }

    private Outcome process(int maxRetries, Duration timeout) {
        N8nProcessor.Settings settings = new N8nProcessor.Settings(this.workflow.url("/webhook/jobs"), timeout,
                maxRetries, Duration.ofMillis(1));
        return new N8nProcessor(settings, CALLBACK, RestClient.builder(), new HttpConnections(new MockEnvironment()))
            .process(JOB);
    }

    private void awaitEnd() {
        try {
            this.never.await();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

}
