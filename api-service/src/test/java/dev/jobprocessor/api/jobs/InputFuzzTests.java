package dev.jobprocessor.api.jobs;

import java.util.concurrent.TimeUnit;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.jobprocessor.api.listing.CursorInput;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads anything a client may send as text. The timeout is that of one input. */
@Timeout(value = 2, unit = TimeUnit.SECONDS)
class InputFuzzTests {

    @FuzzTest
    void readsAnyText(FuzzedDataProvider data) {
        switch (data.consumeInt(0, 2)) {
            case 0 -> readPrompt(GrownText.of(data));
            case 1 -> readWords(GrownText.of(data));
            default -> CursorInput.read(GrownText.of(data));
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

}
