package dev.jobprocessor.worker.processing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which queues a worker serves, as environment variables say it. */
class WorkQueuesTests {

    /** As long as a name may be. */
    private static final String LONGEST = "q".repeat(64);

    private final ApplicationContextRunner runner = ProcessingConfigurationTests.runner();

    @Test
    void servesNamedQueuesAlone() {
        with(Map.of("WORKER_QUEUES_LLM_PROCESSOR", "openai", "WORKER_QUEUES_LLM_OPENAI_API_KEY", "key",
                "WORKER_QUEUES_LLM_OPENAI_BASE_URL", "https://llm.example/v1", "WORKER_QUEUES_LLM_CONCURRENCY", "4",
                "WORKER_QUEUES_FLOWS_PROCESSOR", "n8n", "WORKER_QUEUES_FLOWS_N8N_URL", "http://n8n/webhook/jobs"),
                (queues) -> {
                    assertThat(queues).extracting(WorkQueue::name).containsExactlyInAnyOrder("llm", "flows");
                    assertThat(named("llm", queues).processor()).isInstanceOf(OpenAiProcessor.class);
                    assertThat(named("llm", queues).concurrency()).isEqualTo(4);
                    assertThat(named("flows", queues).processor()).isInstanceOf(N8nProcessor.class);
                    assertThat(named("flows", queues).concurrency()).isEqualTo(50);
                });
    }

    @Test
    void servesTheDefaultQueueBesideThemByTheFlatSettings() {
        with(Map.of("WORKER_PROCESSOR", "n8n", "WORKER_N8N_URL", "http://n8n/webhook/jobs", "WORKER_PREFETCH", "7",
                "WORKER_QUEUES_DEFAULT_MOCK_DELAY", "1s", "WORKER_QUEUES_QUICK_PROCESSOR", "mock"), (queues) -> {
                    assertThat(named("default", queues).processor()).isInstanceOf(N8nProcessor.class);
                    assertThat(named("default", queues).concurrency()).isEqualTo(7);
                    assertThat(named("quick", queues).concurrency()).isEqualTo(1000);
                });
    }

    @Test
    void servesTheDefaultQueueByItsOwnSettingsWhereItHasThem() {
        with(Map.of("WORKER_PROCESSOR", "n8n", "WORKER_PREFETCH", "7", "WORKER_QUEUES_DEFAULT_PROCESSOR", "mock",
                "WORKER_QUEUES_DEFAULT_CONCURRENCY", "8"), (queues) -> {
                    assertThat(named("default", queues).processor()).isInstanceOf(MockProcessor.class);
                    assertThat(named("default", queues).concurrency()).isEqualTo(8);
                });
    }

    @Test
    void sharesTheFlatSettingsOfAProcessor() {
        with(Map.of("WORKER_OPENAI_API_KEY", "key", "WORKER_QUEUES_A_PROCESSOR", "openai", "WORKER_QUEUES_B_PROCESSOR",
                "openai"), (queues) -> assertThat(queues).hasSize(2));
    }

    @Test
    void keepsEachQueueToItsOwnProvider() {
        with(Map.of("WORKER_OPENAI_API_KEY", "key", "WORKER_QUEUES_A_PROCESSOR", "openai", "WORKER_QUEUES_B_PROCESSOR",
                "openai"),
                (queues) -> assertThat(named("a", queues).processor()).isNotSameAs(named("b", queues).processor()));
    }

    static Stream<String> names() {
        return Stream.of("a", "0", "slow.reports_2-eu", LONGEST);
    }

    @ParameterizedTest
    @MethodSource("names")
    void takesNamesThatNoVariableCanHave(String name) {
        with(Map.of("WORKER_QUEUES_SLOW_NAME", name, "WORKER_QUEUES_SLOW_PROCESSOR", "mock"),
                (queues) -> assertThat(queues).extracting(WorkQueue::name).containsExactly(name));
    }

    static Stream<String> otherNames() {
        return Stream.of("", " ", "Slow", "a b", "a/b", "a#", "*", LONGEST + "q");
    }

    @ParameterizedTest
    @MethodSource("otherNames")
    void refusesOtherNames(String name) {
        refuses(Map.of("WORKER_QUEUES_SLOW_NAME", name, "WORKER_QUEUES_SLOW_PROCESSOR", "mock"),
                "worker.queues.slow.name");
    }

    @ParameterizedTest
    @CsvSource({ "WORKER_QUEUES_LLM_CONCURRENCY, 4, worker.queues.llm.processor",
            "WORKER_QUEUES_LLM_CONCURRENCY, 0, concurrency", "WORKER_QUEUES_LLM_CONCURRENCY, 65536, concurrency",
            "WORKER_QUEUES_LLM_PROCESSOR, magic, magic",
            "WORKER_QUEUES_LLM_PROCESSOR, openai, worker.queues.llm.openai.api-key",
            "WORKER_QUEUES_LLM_PROCESSOR, n8n, worker.queues.llm.n8n.url", "WORKER_QUEUES_LLM_MOCK_DELAY, -1s, delay" })
    void refusesToStartWith(String variable, String value, String named) {
        refuses(Map.of(variable, value), named);
    }

    @Test
    void refusesTwoQueuesOfOneName() {
        refuses(Map.of("WORKER_QUEUES_A_PROCESSOR", "mock", "WORKER_QUEUES_B_PROCESSOR", "mock", "WORKER_QUEUES_B_NAME",
                "a"), "Another entry of worker.queues");
    }

    private void with(Map<String, Object> variables, Consumer<List<WorkQueue>> check) {
        environment(variables).run((context) -> check.accept(context.getBean(WorkQueues.class).all()));
    }

    private void refuses(Map<String, Object> variables, String named) {
        environment(variables).run((context) -> assertThat(context).getFailure().hasStackTraceContaining(named));
    }

    private ApplicationContextRunner environment(Map<String, Object> variables) {
        return this.runner.withInitializer((context) -> context.getEnvironment()
            .getPropertySources()
            .replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
                    StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new HashMap<>(variables))));
    }

    private static WorkQueue named(String name, List<WorkQueue> queues) {
        return queues.stream().filter((queue) -> queue.name().equals(name)).findFirst().orElseThrow();
    }

}
