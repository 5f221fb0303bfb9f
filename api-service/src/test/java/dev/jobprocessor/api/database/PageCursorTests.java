package dev.jobprocessor.api.database;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PageCursorTests {

    @Test
    void survivesItsJourneyToTheClient() {
        PageCursor cursor = new PageCursor(Instant.parse("2026-11-24T09:30:15.042Z"), "6925f0a1c3b2a40f5d1e7a01");
        assertThat(PageCursor.parse(cursor.toString())).isEqualTo(cursor);
    }

    @Test
    void refusesWhatIsFarTooLong() {
        String far = new PageCursor(Instant.parse("2026-11-24T09:30:15.042Z"), "6925f0a1c3b2a40f5d1e7a01")
                + "A".repeat(60_000);
        assertThatExceptionOfType(PageCursor.Malformed.class).isThrownBy(() -> PageCursor.parse(far));
    }

    @ParameterizedTest
    @ValueSource(
            strings = { "", "*", "abc", "eA", "MTIz", "LQ", "enp6enp6enp6enp6enp6LTY5MjVmMGExYzNiMmE0MGY1ZDFlN2EwMQ" })
    void refusesWhatIsNoCursor(String text) {
        assertThatExceptionOfType(PageCursor.Malformed.class).isThrownBy(() -> PageCursor.parse(text));
    }

}
