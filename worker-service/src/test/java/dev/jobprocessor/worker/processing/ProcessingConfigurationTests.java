package dev.jobprocessor.worker.processing;

import java.time.Clock;
import java.util.List;

import dev.jobprocessor.worker.callback.CallbackSettings;
import dev.jobprocessor.worker.http.HttpConnections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessingConfigurationTests {

    private final ApplicationContextRunner runner = runner();

    static ApplicationContextRunner runner() {
        return new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(ProcessingConfiguration.class, ProcessorFactory.class, Settings.class)
            .withBean(RestClient.Builder.class, RestClient::builder)
            .withBean(HttpConnections.class)
            .withBean(JsonMapper.class, JsonMapper::new)
            .withBean(ResultMemory.class)
            .withBean(PartialOutput.class, () -> (job, offset, text) -> {
            })
            .withBean(Clock.class, Clock::systemUTC)
            .withPropertyValues("worker.callback.url=http://api", "worker.callback.secret=s3cret");
    }

    @Test
    void simulatesWorkByDefault() {
        this.runner.run((context) -> assertThat(only(context).processor()).isInstanceOf(MockProcessor.class));
    }

    @Test
    void handsWorkToAWorkflow() {
        this.runner.withPropertyValues("worker.processor=n8n", "worker.n8n.url=http://n8n/webhook/jobs")
            .run((context) -> assertThat(only(context).processor()).isInstanceOf(N8nProcessor.class));
    }

    @Test
    void asksAModel() {
        this.runner.withPropertyValues("worker.processor=openai", "worker.openai.api-key=key")
            .run((context) -> assertThat(only(context).processor()).isInstanceOf(OpenAiProcessor.class));
    }

    @ParameterizedTest
    @ValueSource(strings = { "worker.openai.system-prompt=", "worker.openai.response-format=json_object",
            "worker.openai.response-format={\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":{}}}",
            "worker.openai.base-url=https://n.openai.azure.com/openai/deployments/d?api-version=2024-10-21" })
    void asksAModelWith(String setting) {
        this.runner.withPropertyValues("worker.processor=openai", "worker.openai.api-key=key", setting)
            .run((context) -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @CsvSource({ "mock, 1000", "n8n, 50", "openai, 16" })
    void givesAProcessorAsManyJobsAsSuitIt(String processor, int concurrency) {
        this.runner
            .withPropertyValues("worker.processor=" + processor, "worker.openai.api-key=key",
                    "worker.n8n.url=http://n8n/webhook/jobs")
            .run((context) -> assertThat(only(context).concurrency()).isEqualTo(concurrency));
    }

    @ParameterizedTest
    @ValueSource(strings = { "base-url=https://n.openai.azure.com", "base-url=https://api.openai.com/v1/responses",
            "response-format=yaml", "response-format={", "max-retry-after=0s" })
    void refusesToAskAModelWith(String setting) {
        this.runner
            .withPropertyValues("worker.processor=openai", "worker.openai.api-key=key", "worker.openai." + setting)
            .run((context) -> assertThat(context).hasFailed());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            worker.processor=magic           | magic
            worker.processor=n8n             | worker.n8n.url
            worker.n8n.url=workflow          | url
            worker.processor=openai          | worker.openai.api-key
            worker.mock.failure-ratio=1.5    | failureRatio
            worker.mock.malformed-ratio=-0.1 | malformedRatio
            worker.mock.delay=-1s            | delay
            worker.prefetch=0                | prefetch
            worker.prefetch=65536            | prefetch
            """)
    void refusesToStartWith(String setting, String named) {
        this.runner.withPropertyValues(setting)
            .run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining(named));
    }

    @Test
    void refusesAKeyThatNoHeaderCanCarryWithoutShowingIt() {
        this.runner.withPropertyValues("worker.processor=openai", "worker.openai.api-key=s3 cret")
            .run((context) -> assertThat(context).getFailure()
                .rootCause()
                .hasMessageContaining("worker.openai.api-key")
                .hasMessageNotContaining("s3 cret"));
    }

    @Test
    void holdsAsManyJobsAsItIsToldTo() {
        this.runner.withPropertyValues("worker.prefetch=7")
            .run((context) -> assertThat(only(context).concurrency()).isEqualTo(7));
    }

    private static WorkQueue only(AssertableApplicationContext context) {
        List<WorkQueue> queues = context.getBean(WorkQueues.class).all();
        assertThat(queues).hasSize(1).extracting(WorkQueue::name).containsExactly("default");
        return queues.getFirst();
    }

    @Configuration
    @EnableConfigurationProperties({ ProcessingSettings.class, CallbackSettings.class })
    static class Settings {

    }

}
