package dev.jobprocessor.worker.processing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.jobprocessor.worker.GrownText;
import org.junit.jupiter.api.Timeout;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads anything a provider may answer. The timeout is that of one answer. */
@Timeout(value = 2, unit = TimeUnit.SECONDS)
class AnswerFuzzTests {

    private static final String[] TEMPLATES = { "%s", "{\"choices\":[{\"message\":{\"content\":\"%s\"}}]}",
            "{\"choices\":[{\"message\":{\"refusal\":\"%s\"}}]}",
            "{\"choices\":[{\"message\":{\"content\":%s},\"finish_reason\":\"stop\"}]}", "{\"choices\":%s}" };

    private final Clock clock = Clock.fixed(Instant.parse("2026-11-24T09:30:00Z"), ZoneOffset.UTC);

    private final JsonMapper json = new JsonMapper();

    @FuzzTest
    void readsAnyAnswer(FuzzedDataProvider data) {
        if (data.consumeBoolean()) {
            readRetryAfter(GrownText.of(data));
        }
        else {
            String response = data.pickValue(TEMPLATES).replace("%s", GrownText.of(data));
            readCompletion(response);
            readStream("data: " + response.replace("\"message\"", "\"delta\"") + "\n\n");
        }
    }

    private void readRetryAfter(String value) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, value);
        assertThat(RetryAfter.of(headers, this.clock).delay()).isGreaterThanOrEqualTo(Duration.ZERO);
    }

    private void readStream(String response) {
        StreamedCompletion completion = new StreamedCompletion(
                new WrittenAnswer(new Job("a", "prompt", 1), (job, offset, text) -> {
                }, System::nanoTime));
        EventData events = new EventData(new ByteArrayInputStream(response.getBytes(StandardCharsets.UTF_8)));
        try {
            for (byte[] data = events.next(); data != null; data = events.next()) {
                completion.add(ChatChunk.read(data));
            }
            completion.whole().outcome();
        }
        catch (JacksonException ex) {
            assertThat(ex.getOriginalMessage()).isNotNull();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private void readCompletion(String response) {
        try {
            ChatCompletion completion = this.json.readValue(response.getBytes(StandardCharsets.UTF_8),
                    ChatCompletion.class);
            if (completion != null && completion.outcome() instanceof Outcome.Failed failed) {
                assertThat(failed.error()).hasSizeLessThanOrEqualTo(Outcome.MAX_SENTENCE_LENGTH);
            }
        }
        catch (JacksonException ex) {
            assertThat(ex.getOriginalMessage()).isNotNull();
        }
    }

}
