package dev.jobprocessor.worker.processing;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TokenRateTests {

    private static final Instant NOW = Instant.parse("2026-11-24T09:30:00Z");

    @Test
    void allowsCallsWhileTheirAverageFits() {
        TokenRate rate = new TokenRate(1000);
        assertThat(rate.closedFor(NOW, 16)).isEqualTo(Duration.ZERO);
        rate.used(NOW, 500);
        assertThat(rate.closedFor(NOW, 0)).isEqualTo(Duration.ZERO);
        assertThat(rate.closedFor(NOW, 1)).isEqualTo(CallRate.MINUTE);
        rate.used(NOW, 501);
        assertThat(rate.closedFor(NOW, 0)).isEqualTo(CallRate.MINUTE);
        assertThat(rate.closedFor(NOW.plus(CallRate.MINUTE), 0)).isEqualTo(Duration.ZERO);
    }

    @Test
    void limitsNothingUnlessItIsConfigured() {
        TokenRate rate = new TokenRate(null);
        rate.used(NOW, Long.MAX_VALUE);
        assertThat(rate.closedFor(NOW, 1000)).isEqualTo(Duration.ZERO);
    }

}
