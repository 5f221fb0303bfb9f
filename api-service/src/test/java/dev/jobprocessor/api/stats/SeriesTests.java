package dev.jobprocessor.api.stats;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SeriesTests {

    private static final Instant NOW = Instant.parse("2026-11-24T09:35:59.999Z");

    @ParameterizedTest
    @CsvSource({ "HOUR, 2026-11-24T09:35:00Z, 2026-11-24T08:36:00Z", "DAY, 2026-11-24T09:30:00Z, 2026-11-23T09:40:00Z",
            "WEEK, 2026-11-24T09:00:00Z, 2026-11-17T10:00:00Z" })
    void endsWithTheCurrentSlot(Series series, Instant current, Instant first) {
        assertThat(series.slotOf(NOW)).isEqualTo(current);
        assertThat(series.firstSlot(NOW)).isEqualTo(first);
        assertThat(series.slotOf(current)).isEqualTo(current);
        assertThat(series.slotOf(current.minusMillis(1))).isEqualTo(current.minus(series.slot()));
        assertThat(Duration.between(first, current).dividedBy(series.slot())).isEqualTo(series.slots() - 1);
    }

}
