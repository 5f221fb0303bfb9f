package dev.jobprocessor.worker.processing;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The workflows that users import, by their shape. */
class N8nWorkflowsTests {

    private static final String IMMEDIATE = "respond-immediately";

    private static final String RESULT = "answer-as-result";

    @ParameterizedTest
    @ValueSource(strings = { IMMEDIATE, RESULT })
    void carryNoSecretAndReadTheJobFromTheBody(String name) {
        JsonNode workflow = read(name);
        assertThat(workflow.toString()).contains("$json.body.prompt").doesNotContainIgnoringCase("secret");
        assertThat(workflow.findValue("credentials")).isNull();
        assertThat(workflow.path("active").asBoolean()).isFalse();
        assertThat(workflow.path("settings").path("saveDataSuccessExecution").asString()).isEqualTo("none");
    }

    @Test
    void respondImmediatelyReportsResultAndFailureByTheCallbackUrl() {
        JsonNode workflow = read(IMMEDIATE);
        assertThat(node(workflow, "Webhook").path("parameters").path("responseMode").asString())
            .isEqualTo("onReceived");
        assertThat(node(workflow, "Work").path("onError").asString()).isEqualTo("continueErrorOutput");
        JsonNode outputs = workflow.path("connections").path("Work").path("main");
        assertThat(
                List.of(outputs.get(0).get(0).path("node").asString(), outputs.get(1).get(0).path("node").asString()))
            .containsExactly("Report result", "Report failure");
        for (String report : List.of("Report result", "Report failure")) {
            assertThat(node(workflow, report).path("parameters").path("url").asString())
                .isEqualTo("={{ $('Webhook').first().json.body.callbackUrl }}");
            assertThat(node(workflow, report).path("retryOnFail").asBoolean()).isTrue();
        }
    }

    @Test
    void answerAsResultRespondsWhenTheLastNodeFinishes() {
        assertThat(node(read(RESULT), "Webhook").path("parameters").path("responseMode").asString())
            .isEqualTo("lastNode");
    }

    private static JsonNode read(String name) {
        return new JsonMapper().readTree(Path.of("..", "docs", "n8n", name + ".json").toFile());
    }

    private static JsonNode node(JsonNode workflow, String name) {
        return Objects.requireNonNull(workflow.path("nodes")
            .valueStream()
            .filter((node) -> node.path("name").asString().equals(name))
            .findFirst()
            .orElse(null), name);
    }

}
