package dev.jobprocessor.api.jobs;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.jobprocessor.api.callback.TokenInput;
import dev.jobprocessor.api.listing.CursorInput;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads anything a client may send as text. The timeout is that of one input. */
@Timeout(value = 2, unit = TimeUnit.SECONDS)
class InputFuzzTests {

    /** What a token follows. */
    private static final List<String> QUERIES = List.of("", "token=", "job=1&attempt=1&token=1795800000.");

    @FuzzTest
    void readsAnyText(FuzzedDataProvider data) {
        switch (data.consumeInt(0, 5)) {
            case 0 -> readPrompt(GrownText.of(data));
            case 1 -> readWords(GrownText.of(data));
            case 2 -> CursorInput.read(GrownText.of(data));
            case 3 -> readLabels(GrownText.of(data), GrownText.of(data));
            case 4 -> readTimes(data);
            default -> TokenInput.read(data.pickValue(QUERIES) + GrownText.of(data));
        }
    }

    private static void readPrompt(String text) {
        String prompt = JobRequest.of(text).prompt();
        assertThat(prompt).hasSizeLessThanOrEqualTo(JobRequest.MAX_LENGTH + 2);
        assertThat(prompt).satisfiesAnyOf((kept) -> assertThat(kept).hasSizeGreaterThan(JobRequest.MAX_LENGTH),
                (kept) -> assertThat(JobRequest.of(kept).prompt()).isEqualTo(kept));
    }

    private static void readWords(String text) {
        assertThat(SearchWords.of(text, "id").getList(JobFields.WORDS, String.class))
            .hasSizeLessThanOrEqualTo(SearchWords.MAX_WORDS + 3)
            .allSatisfy((word) -> assertThat(word).isNotEmpty().hasSizeLessThanOrEqualTo(TextRun.MAX_WORD_LENGTH));
        assertThat(SearchWords.ofAttempt(text)).hasSizeLessThanOrEqualTo(SearchWords.MAX_ATTEMPT_WORDS);
    }

    /** No two labels are one index entry. */
    private static void readLabels(String key, String value) {
        JobRequest request = new JobRequest("prompt", null, null, null, null, null, null, Map.of(key, value),
                List.of(key, value, key), null);
        if (JobLabels.isKey(key)) {
            assertThat(JobLabels.of(request)).hasSize(key.equals(value) ? 2 : 3);
        }
    }

    private static void readTimes(FuzzedDataProvider data) {
        Instant now = Instant.ofEpochMilli(data.consumeLong(0, 4_000_000_000_000L));
        JobRequest request = new JobRequest("prompt", null, null, null, time(data), time(data), null, null, null, null);
        if (request.schedule().objections(now).isEmpty()) {
            assertThat(request.runAt()).isBetween(now.minus(JobSchedule.TOLERANCE), now.plus(JobSchedule.MAX_AHEAD));
            assertThat(request.expiresAt()).isAfter(now).isAfter(request.runAt());
        }
    }

    private static Instant time(FuzzedDataProvider data) {
        return Instant.ofEpochSecond(data.consumeLong(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()),
                data.consumeInt(0, 999_999_999));
    }

}
