package dev.jobprocessor.worker.processing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallRateTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Instant now = Instant.parse("2026-11-24T09:30:00Z");

    @Test
    void allowsAsManyCallsInAMinuteAsConfiguredAndNoMore() {
        CallRate rate = new CallRate(50);
        for (int call = 0; call < 50; call++) {
            assertThat(rate.closedFor(this.now)).isEqualTo(Duration.ZERO);
            rate.started(this.now);
        }
        assertThat(rate.closedFor(this.now)).isEqualTo(CallRate.MINUTE);
        assertThat(rate.closedFor(this.now.plus(CallRate.MINUTE).minusMillis(1))).isEqualTo(Duration.ofMillis(1));
        assertThat(rate.closedFor(this.now.plus(CallRate.MINUTE))).isEqualTo(Duration.ZERO);
    }

    @Test
    void neverExceedsWhatIsConfiguredHoweverManyCallsAreAccepted() {
        Provider provider = new Provider(1000, MINUTE, Duration.ofSeconds(10));
        assertThat(provider.completed(new CallRate(50), Duration.ofMinutes(10))).isLessThanOrEqualTo(500);
        assertThat(provider.refused).isZero();
    }

    @Test
    void learnsTheLimitOfAProviderThatAsksForAPauseTooShort() {
        Provider provider = new Provider(50, MINUTE, Duration.ofSeconds(10));
        assertThat(provider.completed(new CallRate(null), Duration.ofMinutes(6))).isGreaterThanOrEqualTo(295);
        assertThat(provider.refused).isLessThanOrEqualTo(6);
    }

    @Test
    void takesAProviderAtItsWordWhosePauseIsTheOneThatItNeeds() {
        Provider provider = new Provider(50, Duration.ofSeconds(10), Duration.ofSeconds(10));
        assertThat(provider.completed(new CallRate(null), Duration.ofMinutes(6))).isGreaterThanOrEqualTo(1200);
    }

    @Test
    void regainsItsShareWithinMinutesAfterOthersHadAllOfIt() {
        CallRate rate = new CallRate(null);
        new Provider(0, MINUTE, Duration.ofSeconds(10)).completed(rate, Duration.ofMinutes(3));
        Provider provider = new Provider(50, MINUTE, Duration.ofSeconds(10));
        provider.completed(rate, Duration.ofMinutes(10));
        assertThat(provider.completed(rate, Duration.ofMinutes(3))).isGreaterThanOrEqualTo(130);
    }

    /** Accepts so many calls in a time, which it counts as they come. */
    private final class Provider {

        private final int limit;

        private final Duration time;

        private final Duration pause;

        private final ArrayDeque<Instant> accepted = new ArrayDeque<>();

        private int refused;

        private @Nullable Instant closedUntil;

        Provider(int limit, Duration time, Duration pause) {
            this.limit = limit;
            this.time = time;
            this.pause = pause;
        }

        /** Calls one at a time, every 100 ms if the rate allows it. */
        int completed(CallRate rate, Duration duration) {
            int completed = 0;
            Instant end = CallRateTests.this.now.plus(duration);
            while (CallRateTests.this.now.isBefore(end)) {
                Instant now = CallRateTests.this.now = CallRateTests.this.now.plusMillis(100);
                if ((this.closedUntil == null || !now.isBefore(this.closedUntil)) && rate.closedFor(now).isZero()) {
                    rate.started(now);
                    if (isAccepted(now)) {
                        completed++;
                        rate.accepted(now, now);
                    }
                    else {
                        this.refused++;
                        this.closedUntil = now.plus(this.pause);
                        rate.refused(now, false);
                    }
                    rate.ended(now);
                }
            }
            return completed;
        }

        private boolean isAccepted(Instant now) {
            while (!this.accepted.isEmpty() && !this.accepted.getFirst().plus(this.time).isAfter(now)) {
                this.accepted.removeFirst();
            }
            return this.accepted.size() < this.limit && this.accepted.add(now);
        }

    }

}
