package dev.jobprocessor.api.jobs;

import java.time.Duration;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RetryScheduleTests {

    private static final RetrySettings SETTINGS = new RetrySettings(3, RetryPolicy.EXPONENTIAL, Duration.ofSeconds(10),
            Duration.ofSeconds(30));

    @ParameterizedTest
    @CsvSource({ "1, 10000", "2, 20000", "3, 30000", "4, 30000", "19, 30000" })
    void delaysAtRandomUpToABoundThatDoubles(int failures, long bound) {
        RetrySchedule schedule = RetrySchedule.of(null, SETTINGS);
        assertThat(LongStream.range(0, 1000).map((i) -> schedule.delayAfter(failures).toMillis()).summaryStatistics())
            .satisfies((delays) -> {
                assertThat(delays.getMin()).isBetween(0L, bound / 4);
                assertThat(delays.getMax()).isBetween(bound * 3 / 4, bound);
            });
    }

    @Test
    void doublesTheLargestDelayWithinItsBound() {
        RetrySchedule schedule = RetrySchedule.of(new RetryPolicy(20, null, 86_400, 86_400), SETTINGS);
        assertThat(schedule.delayAfter(19)).isBetween(Duration.ZERO, Duration.ofDays(1));
    }

    @Test
    void delaysByTheSameTimeWhereThePolicyIsFixed() {
        RetrySchedule schedule = RetrySchedule.of(new RetryPolicy(5, RetryPolicy.FIXED, 7, null), SETTINGS);
        assertThat(schedule.delayAfter(1)).isEqualTo(schedule.delayAfter(4)).isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @CsvSource({ ", , 10, 30", "5, , 5, 30", "60, , 60, 60", ", 4, 4, 4", ", 60, 10, 60", "0, 0, 0, 0" })
    void completesThePolicyByTheSettings(@Nullable Integer delay, @Nullable Integer maxDelay, int seconds,
            int maxSeconds) {
        assertThat(RetrySchedule.of(new RetryPolicy(5, null, delay, maxDelay), SETTINGS))
            .isEqualTo(new RetrySchedule(5, true, Duration.ofSeconds(seconds), Duration.ofSeconds(maxSeconds)));
    }

    @ParameterizedTest
    @CsvSource({ "1, true", "2, true", "3, false" })
    void allowsAsManyTriesAsThereAre(int tries, boolean another) {
        assertThat(RetrySchedule.of(null, SETTINGS).allowsAnother(tries)).isEqualTo(another);
    }

}
