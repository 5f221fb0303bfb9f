package dev.jobprocessor.worker.callback;

import java.time.Duration;
import java.time.Instant;

import dev.jobprocessor.testing.ExampleEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CallbackTests {

    private final JsonMapper json = new JsonMapper();

    @Test
    void writesACompletionAsAgreed() {
        Callback callback = Callback.completed("6925f0a1c3b2a40f5d1e7a01", 2,
                "{\"success\":true,\"message\":\"Processed job: 6925f0a1c3b2a40f5d1e7a01\",\"timestamp\":\"2026-11-24T09:30:20.064Z\"}",
                null);

        assertThat(tree(callback)).isEqualTo(example("callback-completed.json"));
    }

    @Test
    void writesWhatAModelUsedAsAgreed() {
        Callback callback = Callback.completed("6925f0a1c3b2a40f5d1e7a01", 2, "{\"colour\":\"blue\"}",
                new Usage("gpt-5-mini", 1200, 340));

        assertThat(tree(callback)).isEqualTo(example("callback-completed-with-usage.json"));
    }

    @Test
    void writesAStartAsAgreed() {
        Callback callback = Callback.completed("6925f0a1c3b2a40f5d1e7a01", 2, "{\"colour\":\"blue\"}", null)
            .with(new Callback.Start("worker-1", Instant.parse("2026-11-24T09:30:15.061Z")));

        assertThat(tree(callback)).isEqualTo(example("callback-completed-with-start.json"));
    }

    @Test
    void writesAFailureAsAgreed() {
        Callback callback = Callback.failed("6925f0a1c3b2a40f5d1e7a01", 2,
                "The workflow answered 500 Internal Server Error", ErrorCode.WORKFLOW_ERROR);

        assertThat(tree(callback)).isEqualTo(example("callback-failed-by-code.json"));
    }

    @Test
    void writesADeferralAsAgreed() {
        Callback callback = Callback.deferred("6925f0a1c3b2a40f5d1e7a01", 2, null, Duration.ofMillis(11_001), null,
                "The model's provider answered 429 Too Many Requests");

        assertThat(tree(callback)).isEqualTo(example("callback-deferred.json"));
    }

    @Test
    void writesADeferralByItsClaimAsAgreed() {
        Callback callback = Callback.deferred("6925f0a1c3b2a40f5d1e7a01", 2, "0f8fad5b-d9cb-469f-a165-70867728950e",
                Duration.ofSeconds(12), null, "The model's provider answered 429 Too Many Requests");

        assertThat(tree(callback)).isEqualTo(example("callback-deferred-by-claim.json"));
    }

    @Test
    void writesADeferralThatMayLastOnlySoLongAsAgreed() {
        Callback callback = Callback.deferred("6925f0a1c3b2a40f5d1e7a01", 2, "0f8fad5b-d9cb-469f-a165-70867728950e",
                Duration.ofSeconds(12), Duration.ofMillis(599_001), "The workflow answered 404 Not Found");

        assertThat(tree(callback)).isEqualTo(example("callback-deferred-at-most.json"));
    }

    @ParameterizedTest
    @CsvSource({ "PT0S, 1", "PT1S, 1", "PT1.001S, 2", "PT24H, 86400", "PT24H0.001S, 86400", "PT99999999H, 86400" })
    void defersForASecondToADay(Duration retryAfter, long seconds) {
        assertThat(Callback.deferred("a", 1, null, retryAfter, null, "Busy").retryAfterSeconds()).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = { "callback-completed.json", "callback-completed-with-usage.json",
            "callback-completed-with-start.json", "callback-failed.json", "callback-failed-by-code.json",
            "callback-deferred.json", "callback-deferred-by-claim.json", "callback-deferred-at-most.json" })
    void readsWhatItWrote(String example) {
        Callback callback = this.json.readValue(ExampleEvents.read(example), Callback.class);

        assertThat(tree(callback)).isEqualTo(example(example));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"attempt\":1,\"status\":\"FAILED\"}", "{\"jobId\":\"a\",\"status\":\"FAILED\"}",
            "{\"jobId\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"attempt\":1,\"status\":\"FAILED\"}",
            "{\"jobId\":\"a\",\"attempt\":0,\"status\":\"FAILED\"}", "{\"jobId\":\"a\",\"attempt\":1}",
            "{\"jobId\":\"a\",\"attempt\":1,\"status\":\"LOST\"}" })
    void isNothingElse(String json) {
        assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> this.json.readValue(json, Callback.class));
    }

    @Test
    void replacesHalfSurrogatePairs() {
        assertThat(Callback.completed("a", 1, "\uD83D, but 🚀", null).result()).isEqualTo("?, but 🚀");
        assertThat(Callback.failed("a", 1, "\uDE80", ErrorCode.WORKFLOW_ERROR).error()).isEqualTo("?");
    }

    @Test
    void takesAResultOfOneMebibyteAndNoMore() {
        String largest = "é".repeat(512 * 1024);

        assertThat(Callback.completed("a", 1, largest, null)).isEqualTo(new Callback("a", 1, Callback.Status.COMPLETED,
                largest, null, null, null, null, null, null, null, null));
        assertThat(Callback.completed("a", 1, largest + "!", null))
            .isEqualTo(Callback.failed("a", 1, "The result is larger than 1 MiB", ErrorCode.RESULT_TOO_LARGE));
    }

    @Test
    void shortensALongError() {
        assertThat(Callback.failed("a", 1, "x".repeat(5000), ErrorCode.WORKFLOW_ERROR).error()).hasSize(1000)
            .endsWith("x…");
    }

    private JsonNode tree(Callback callback) {
        return this.json.readTree(this.json.writeValueAsBytes(callback));
    }

    private JsonNode example(String name) {
        return this.json.readTree(ExampleEvents.read(name));
    }

}
