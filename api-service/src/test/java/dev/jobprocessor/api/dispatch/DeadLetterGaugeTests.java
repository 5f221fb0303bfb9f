package dev.jobprocessor.api.dispatch;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.dao.QueryTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class DeadLetterGaugeTests {

    private final DeadLetters letters = mock();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final DeadLetterGauge gauge = new DeadLetterGauge(this.letters, mock(), this.meters);

    @Test
    void countsThoseThatAreKept() {
        given(this.letters.count()).willReturn(3L);
        this.gauge.read();
        assertThat(kept()).isEqualTo(3);
    }

    @Test
    void knowsNothingWhileTheDatabaseIsUnavailable() {
        assertThat(kept()).isNaN();
        given(this.letters.count()).willReturn(0L).willThrow(new QueryTimeoutException("unavailable"));
        this.gauge.read();
        assertThat(kept()).isZero();
        this.gauge.read();
        assertThat(kept()).isNaN();
    }

    private double kept() {
        return this.meters.get("jobs.dead.letters").gauge().value();
    }

}
