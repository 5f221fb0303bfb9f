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
        assertThat(PageCursor.parse(cursor.text(PageOrder.NEWEST))).isEqualTo(cursor);
        assertThat(PageCursor.parse(cursor.text(PageOrder.OLDEST), PageOrder.OLDEST)).isEqualTo(cursor);
    }

    @Test
    void refusesCursorOfTheOtherOrder() {
        PageCursor cursor = new PageCursor(Instant.parse("2026-11-24T09:30:15.042Z"), "6925f0a1c3b2a40f5d1e7a01");
        assertThatExceptionOfType(PageCursor.Malformed.class)
            .isThrownBy(() -> PageCursor.parse(cursor.text(PageOrder.OLDEST)))
            .withMessageContaining("other order");
        assertThatExceptionOfType(PageCursor.Malformed.class)
            .isThrownBy(() -> PageCursor.parse(cursor.text(PageOrder.NEWEST), PageOrder.OLDEST))
            .withMessageContaining("other order");
    }

    @Test
    void refusesWhatIsFarTooLong() {
        String far = new PageCursor(Instant.parse("2026-11-24T09:30:15.042Z"), "6925f0a1c3b2a40f5d1e7a01")
            .text(PageOrder.NEWEST) + "A".repeat(60_000);
        assertThatExceptionOfType(PageCursor.Malformed.class).isThrownBy(() -> PageCursor.parse(far));
    }

    @ParameterizedTest
    @ValueSource(
            strings = { "", "*", "abc", "eA", "MTIz", "LQ", "enp6enp6enp6enp6enp6LTY5MjVmMGExYzNiMmE0MGY1ZDFlN2EwMQ" })
    void refusesWhatIsNoCursor(String text) {
        assertThatExceptionOfType(PageCursor.Malformed.class).isThrownBy(() -> PageCursor.parse(text));
    }

}
