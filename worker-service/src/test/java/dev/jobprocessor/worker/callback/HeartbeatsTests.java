package dev.jobprocessor.worker.callback;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.jobprocessor.testing.ExampleEvents;
import dev.jobprocessor.worker.ScriptedServer;
import dev.jobprocessor.worker.ScriptedServer.Answer;
import dev.jobprocessor.worker.broker.Attempt;
import dev.jobprocessor.worker.http.HttpConnections;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class HeartbeatsTests {

    private static final Heartbeat HEARTBEAT = new Heartbeat("worker-1", "1.2.3",
            List.of(new Heartbeat.Queue("default", "mock", 1000, false, null),
                    new Heartbeat.Queue("llm", "n8n", 50, true, new ProviderLimit("Rate limit exceeded", 8000, 4, 90))),
            2, List.of(new Attempt("6925f0a1c3b2a40f5d1e7a01", 1), new Attempt("6925f0a1c3b2a40f5d1e7a02", 3)), false,
            false, new Heartbeat.Memory(104857600, 536870912));

    private final ScriptedServer api = ScriptedServer.start();

    private final JsonMapper json = new JsonMapper();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @AfterEach
    void close() {
        this.api.close();
    }

    @Test
    void reportsTheWorkerAndReadsWhatItMustDo() throws Exception {
        this.api.heartbeats(ScriptedServer.json(200, ExampleEvents.read("instructions.json")));

        assertThat(heartbeats().send(HEARTBEAT))
            .isEqualTo(new Instructions(Set.of("llm"), List.of(new Attempt("6925f0a1c3b2a40f5d1e7a02", 3)), true));

        ScriptedServer.Request heard = this.api.heartbeats().getFirst();
        assertThat(heard.path()).isEqualTo("/workers/heartbeat");
        assertThat(heard.header("x-webhook-secret")).containsExactly("s3cret");
        assertThat(this.json.readTree(heard.body()))
            .isEqualTo(this.json.readTree(ExampleEvents.read("heartbeat.json")));
        assertThat(failures()).isZero();
    }

    static Stream<Arguments> answers() {
        return Stream.of(arguments(ScriptedServer.json(404, """
                {"type":"urn:job-processor:request-refused","error":"There is nothing here."}"""), Instructions.NONE),
                arguments(ScriptedServer.json(404, "{}"), null), arguments(ScriptedServer.json(200, "{}"), null),
                arguments(ScriptedServer.json(200, "<html>"), null), arguments(ScriptedServer.status(503), null),
                arguments(ScriptedServer.status(302), null), arguments(ScriptedServer.cut(), null));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void takesInstructionsFromTheApiAlone(Answer answer, @Nullable Instructions instructions) throws Exception {
        this.api.heartbeats(answer);

        assertThat(heartbeats().send(HEARTBEAT)).isEqualTo(instructions);
        assertThat(failures()).isEqualTo((instructions != null) ? 0 : 1);
    }

    private double failures() {
        return this.meters.get("worker.heartbeats.failed").counter().count();
    }

    private Heartbeats heartbeats() {
        CallbackSettings settings = new CallbackSettings(this.api.url("/jobs/webhook/callback"), "s3cret", List.of(),
                Duration.ofMinutes(1), 1, Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO);
        return new Heartbeats(settings, new HttpConnections(new MockEnvironment()), this.json, this.meters);
    }

}
