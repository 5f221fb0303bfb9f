package dev.jobprocessor.api.jobs;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JobResultTests {

    @Test
    void keepsSmallResultInOnePiece() {
        String text = "x".repeat(JobResult.HEAD_BYTES);
        assertThat(JobResult.of(text)).isEqualTo(new JobResult(text, null, false, true));
    }

    @Test
    void marksResultThatHoldsNoJson() {
        assertThat(JobResult.of("prose").malformed()).isTrue();
        assertThat(JobResult.of("{}").malformed()).isNull();
    }

    @Test
    void cutsHeadOfLargerResult() {
        String text = "x".repeat(JobResult.HEAD_BYTES + 1);
        assertThat(JobResult.of(text)).isEqualTo(new JobResult("x".repeat(JobResult.HEAD_BYTES), text, true, true));
    }

    @ParameterizedTest
    @ValueSource(strings = { "é", "語", "🚀" })
    void neverCutsInsideACharacter(String character) {
        for (int shift = 0; shift < 4; shift++) {
            String text = "x".repeat(shift) + character.repeat(JobResult.HEAD_BYTES);
            String head = JobResult.of(text).head();
            assertThat(text).startsWith(head);
            assertThat(head.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(JobResult.HEAD_BYTES - 3,
                    JobResult.HEAD_BYTES);
        }
    }

    @Test
    void acceptsOneMebibyte() {
        String text = "é".repeat(JobResult.MAX_BYTES / 2);
        assertThat(JobResult.of(text).text()).isEqualTo(text);
    }

    @Test
    void refusesMoreThanOneMebibyte() {
        assertThatExceptionOfType(ResultTooLarge.class)
            .isThrownBy(() -> JobResult.of("é".repeat(JobResult.MAX_BYTES / 2) + "x"))
            .withMessageContaining("1,048,577");
    }

}
