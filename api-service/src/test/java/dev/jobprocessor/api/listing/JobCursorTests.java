package dev.jobprocessor.api.listing;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JobCursorTests {

    @Test
    void survivesItsJourneyToTheClient() {
        JobCursor cursor = new JobCursor(Instant.parse("2026-11-24T09:30:15.042Z"), "6925f0a1c3b2a40f5d1e7a01");
        assertThat(JobCursor.parse(cursor.toString())).isEqualTo(cursor);
    }

    @Test
    void refusesWhatIsFarTooLong() {
        String far = new JobCursor(Instant.parse("2026-11-24T09:30:15.042Z"), "6925f0a1c3b2a40f5d1e7a01")
                + "A".repeat(60_000);
        assertThatExceptionOfType(JobCursor.Malformed.class).isThrownBy(() -> JobCursor.parse(far));
    }

    @ParameterizedTest
    @ValueSource(
            strings = { "", "*", "abc", "eA", "MTIz", "LQ", "enp6enp6enp6enp6enp6LTY5MjVmMGExYzNiMmE0MGY1ZDFlN2EwMQ" })
    void refusesWhatIsNoCursor(String text) {
        assertThatExceptionOfType(JobCursor.Malformed.class).isThrownBy(() -> JobCursor.parse(text));
    }

}
