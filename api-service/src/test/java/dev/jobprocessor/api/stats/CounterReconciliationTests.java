package dev.jobprocessor.api.stats;

import java.util.Map;

import dev.jobprocessor.api.jobs.JobStatus;
import dev.jobprocessor.api.stats.CounterReconciliation.Round;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CounterReconciliationTests {

    @ParameterizedTest(name = "between {0} and {1}, {2} jobs: {3}")
    @CsvSource({ "5, 5, 5, 0", "5, 5, 7, 2", "5, 5, 3, -2", "5, 9, 7, 0", "9, 5, 7, 0", "5, 9, 12, 3", "9, 5, 1, -4" })
    void blamesTheCounterOnlyForWhatNoMoveInTheMeantimeExplains(long before, long after, long counted, long drift) {
        Round round = new Round(Map.of(JobStatus.PENDING, before), Map.of(JobStatus.PENDING, counted));
        assertThat(round.drift(Map.of(JobStatus.PENDING, after))).isEqualTo(Map.of(JobStatus.PENDING, drift));
    }

}
