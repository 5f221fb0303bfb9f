package dev.jobprocessor.worker.callback;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.jobprocessor.worker.ScriptedServer;
import dev.jobprocessor.worker.ScriptedServer.Answer;
import dev.jobprocessor.worker.http.HttpConnections;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class PausedQueuesTests {

    private final ScriptedServer api = ScriptedServer.start();

    @AfterEach
    void close() {
        this.api.close();
    }

    static Stream<Arguments> answers() {
        return Stream.of(arguments(ScriptedServer.json(200, """
                [{"name":"default","paused":false},{"name":"llm","paused":true,"since":"2026"}]"""), Set.of("llm")),
                arguments(ScriptedServer.json(200, "[]"), Set.of()),
                arguments(ScriptedServer.json(404, """
                        {"type":"urn:job-processor:request-refused","error":"There is nothing at /queues."}"""),
                        Set.of()),
                arguments(ScriptedServer.json(404, "{}"), null), arguments(ScriptedServer.json(200, "{}"), null),
                arguments(ScriptedServer.json(200, "<html>"), null), arguments(ScriptedServer.status(503), null),
                arguments(ScriptedServer.status(302), null), arguments(ScriptedServer.cut(), null));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void readsThemFromTheApiAlone(Answer answer, @Nullable Set<String> paused) throws Exception {
        this.api.queues(answer);

        assertThat(queues().read()).isEqualTo(paused);
    }

    private PausedQueues queues() {
        CallbackSettings settings = new CallbackSettings(this.api.url("/jobs/webhook/callback"), "s3cret", List.of(),
                Duration.ofMinutes(1), 1, Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO);
        return new PausedQueues(settings, new HttpConnections(new MockEnvironment()), new JsonMapper());
    }

}
