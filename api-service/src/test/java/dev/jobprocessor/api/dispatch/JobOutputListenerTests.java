package dev.jobprocessor.api.dispatch;

import java.util.ArrayList;
import java.util.List;

import dev.jobprocessor.api.jobs.JobAttempt;
import dev.jobprocessor.api.jobs.OutputReported;
import dev.jobprocessor.testing.ExampleEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.amqp.core.Message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class JobOutputListenerTests {

    private final List<Object> published = new ArrayList<>();

    private final JobOutputListener listener = new JobOutputListener(this.published::add, new JsonMapper());

    @Test
    void readsMessageAsAgreed() {
        receive(ExampleEvents.read("job-progress.json"));
        assertThat(this.published)
            .containsExactly(new OutputReported(new JobAttempt("6925f0a1c3b2a40f5d1e7a01", 2), 24, "naïve 🚀\n"));
    }

    @Test
    void acceptsTheLongestDeltaAndDropsLongerOnes() {
        receive(message("\"%s\"".formatted("x".repeat(65_536))));
        assertThat(this.published).hasSize(1);
        receive(message("\"%s\"".formatted("x".repeat(65_537))));
        assertThat(this.published).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "null", "[]", "{}", "{\"jobId\":\"x\",\"attempt\":1,\"offset\":0,\"delta\":\"a\"}",
            "{\"jobId\":\"6925f0a1c3b2a40f5d1e7a01\",\"attempt\":1,\"offset\":-1,\"delta\":\"a\"}",
            "{\"jobId\":\"6925f0a1c3b2a40f5d1e7a01\",\"attempt\":1,\"offset\":0,\"delta\":\"\"}",
            "{\"jobId\":\"6925f0a1c3b2a40f5d1e7a01\",\"attempt\":1,\"offset\":0,\"delta\":\"\\ud83d\"}" })
    void dropsWhatIsMalformedAndGoesOn(String message) {
        receive(message, message("\"b\""));
        assertThat(this.published).hasSize(1);
    }

    private static String message(String delta) {
        return "{\"jobId\":\"6925f0a1c3b2a40f5d1e7a01\",\"attempt\":1,\"offset\":0,\"delta\":%s}".formatted(delta);
    }

    private void receive(String... messages) {
        this.listener
            .written(List.of(messages).stream().map((message) -> new Message(message.getBytes(UTF_8))).toList());
    }

}
