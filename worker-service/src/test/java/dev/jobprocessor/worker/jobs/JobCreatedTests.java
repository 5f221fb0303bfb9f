package dev.jobprocessor.worker.jobs;

import java.time.Duration;
import java.util.stream.Stream;

import dev.jobprocessor.testing.ExampleEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JobCreatedTests {

    private final JsonMapper json = new JsonMapper();

    @Test
    void isReadAsAgreed() {
        assertThat(this.json.readValue(ExampleEvents.read("job-created.json"), JobCreated.class))
            .isEqualTo(new JobCreated("6925f0a1c3b2a40f5d1e7a01",
                    "Summarise the minutes of Monday's meeting – naïve 🚀", 2, null));
    }

    @Test
    void isReadWithATimeoutAsAgreed() {
        JobCreated created = this.json.readValue(ExampleEvents.read("job-created-with-timeout.json"), JobCreated.class);
        assertThat(created.timeoutSeconds()).isEqualTo(3600);
        assertThat(created.job(null).timeout()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void ignoresWhatItDoesNotKnow() {
        String json = "{\"jobId\":\"a\",\"prompt\":\"p\",\"attempt\":1,\"priority\":{\"level\":9}}";

        assertThat(this.json.readValue(json, JobCreated.class)).isEqualTo(new JobCreated("a", "p", 1, null));
    }

    @ParameterizedTest
    @MethodSource
    void isNothingElse(String json) {
        assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> this.json.readValue(json, JobCreated.class));
    }

    static Stream<String> isNothingElse() {
        return Stream.of("", "not JSON", "[]", "\"text\"", "{}", message("null", "\"p\"", "1"),
                message("\"\"", "\"p\"", "1"), message("\"a\\nb\"", "\"p\"", "1"),
                message("\"" + "a".repeat(101) + "\"", "\"p\"", "1"), message("\"a\"", "null", "1"),
                message("\"a\"", "{}", "1"), message("\"a\"", "\"" + "p".repeat(10_001) + "\"", "1"),
                message("\"a\"", "\"p\"", "null"), message("\"a\"", "\"p\"", "0"), message("\"a\"", "\"p\"", "\"x\""),
                "{\"jobId\":\"a\",\"prompt\":\"p\"}",
                "{\"jobId\":\"a\",\"prompt\":\"p\",\"attempt\":1,\"timeoutSeconds\":0}");
    }

    private static String message(String jobId, String prompt, String attempt) {
        return "{\"jobId\":%s,\"prompt\":%s,\"attempt\":%s}".formatted(jobId, prompt, attempt);
    }

}
