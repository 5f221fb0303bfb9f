package dev.jobprocessor.api.stats;

import java.time.Duration;
import java.util.Objects;

import dev.jobprocessor.api.stats.JobStats.TimeToComplete;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class CompletionTimesTests {

    private final CompletionTimes times = new CompletionTimes();

    @ParameterizedTest
    @ValueSource(longs = { 105, 1_000, 5_012, 60_000, 3_600_000, 86_400_000 })
    void isAtMostFivePercentOff(long millis) {
        add(millis, 1);
        double seconds = millis / 1000.0;
        assertThat(timeToComplete().median()).isCloseTo(seconds, within(seconds * 0.0501));
    }

    @Test
    void findsMedianAndTail() {
        add(1_000, 60);
        add(10_000, 34);
        add(100_000, 6);
        assertThat(timeToComplete().median()).isCloseTo(1, within(0.05));
        assertThat(timeToComplete().p95()).isCloseTo(100, within(5.0));
    }

    @ParameterizedTest
    @ValueSource(longs = { -5_000, 0, 1, Long.MAX_VALUE / 2 })
    void hasARangeForAnyTime(long millis) {
        assertThat(CompletionTimes.rangeOf(Duration.ofMillis(millis))).isBetween(0, CompletionTimes.RANGES - 1);
    }

    @Test
    void knowsNothingOfNoJobs() {
        assertThat(this.times.toTimeToComplete()).isNull();
    }

    private void add(long millis, int jobs) {
        this.times.add(CompletionTimes.rangeOf(Duration.ofMillis(millis)), jobs);
    }

    private TimeToComplete timeToComplete() {
        return Objects.requireNonNull(this.times.toTimeToComplete());
    }

}
