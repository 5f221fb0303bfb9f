package dev.jobprocessor.worker.processing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.jobprocessor.worker.callback.ProviderLimit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ProviderGateTests {

    private final SteppedClock clock = new SteppedClock();

    private final ProviderGate gate = new ProviderGate(this.clock, RateLimit.NONE);

    @Test
    void isOpenAtFirst() throws Exception {
        assertThat(this.gate.isOpen()).isTrue();
        this.gate.await(Duration.ofHours(1));
    }

    @Test
    void isClosedForAsLongAsAPauseLasts() {
        this.gate.pause(Duration.ofSeconds(10), "Busy");

        this.clock.advance(Duration.ofMillis(9_999));
        assertThat(this.gate.isOpen()).isFalse();
        this.clock.advance(Duration.ofMillis(1));
        assertThat(this.gate.isOpen()).isTrue();
    }

    @Test
    void saysWhatTheLimitIsUntilACallSucceeds() {
        assertThat(this.gate.limit()).isNull();
        this.gate.pause(Duration.ofSeconds(10), "Busy");
        this.clock.advance(Duration.ofSeconds(4));
        assertThat(this.gate.limit()).isEqualTo(new ProviderLimit("Busy", 6000, 1, 4));
        this.clock.advance(Duration.ofSeconds(6));
        assertThat(this.gate.limit()).isEqualTo(new ProviderLimit("Busy", 0, 1, 10));
        this.gate.outage("Unavailable");
        assertThat(this.gate.limit()).isEqualTo(new ProviderLimit("Unavailable", 5000, 1, 10));
        this.clock.advance(Duration.ofSeconds(5));
        Instant start = Objects.requireNonNull(this.gate.begin());
        this.gate.succeeded(start);
        this.gate.end(start);
        assertThat(this.gate.limit()).isEqualTo(new ProviderLimit("Unavailable", 0, 2, 0));
    }

    @Test
    void saysThatTheLimitOfCallsAMinuteIsReached() {
        ProviderGate limited = new ProviderGate(this.clock, new RateLimit(1, null));
        assertThat(limited.limit()).isNull();
        Instant start = Objects.requireNonNull(limited.begin());
        limited.succeeded(start);
        assertThat(limited.limit()).isNotNull()
            .satisfies((limit) -> assertThat(limit.millis()).isBetween(1L, 61_000L))
            .extracting(ProviderLimit::reason, ProviderLimit::limitedForSeconds)
            .containsExactly("The limit of calls a minute is reached", 0L);
    }

    @Test
    void neverOpensSoonerThanTheLongestPauseAskedFor() {
        this.gate.pause(Duration.ofSeconds(10), "Busy");
        this.gate.pause(Duration.ofSeconds(1), "Busy");

        this.clock.advance(Duration.ofSeconds(5));
        assertThat(this.gate.isOpen()).isFalse();
    }

    @Test
    void spreadsTheJobsThatItDefers() {
        this.gate.pause(Duration.ofSeconds(10), "Busy");

        assertThat(IntStream.range(0, 100).mapToObj((job) -> this.gate.deferred().retryAfter()).distinct())
            .hasSizeGreaterThan(10)
            .allSatisfy((wait) -> assertThat(wait).isBetween(Duration.ofSeconds(10), Duration.ofMillis(13_500)));
        assertThat(this.gate.deferred().reason()).isEqualTo("Busy");
    }

    @Test
    void isClosedForLongerWithEachOutageUntilACallSucceeds() {
        assertThat(IntStream.range(0, 6).mapToObj((time) -> closedByOutage())).containsExactly(5L, 10L, 20L, 40L, 60L,
                60L);
        this.gate.succeeded(this.clock.instant());
        assertThat(closedByOutage()).isEqualTo(5);
    }

    /** Many jobs in flight meet the same outage. */
    @Test
    void countsAnOutageOnce() {
        IntStream.range(0, 16).forEach((job) -> this.gate.outage("Down"));

        this.clock.advance(Duration.ofSeconds(5));
        assertThat(this.gate.isOpen()).isTrue();
    }

    @Test
    void takesARefusalWithoutAPauseForAnOutage() {
        this.gate.pause(Duration.ZERO, "Busy");

        assertThat(this.gate.isOpen()).isFalse();
    }

    @Test
    void doesNotWaitLongerThanAsked() throws Exception {
        this.gate.pause(Duration.ofHours(1), "Busy");

        this.gate.await(Duration.ZERO);
        assertThat(this.gate.isOpen()).isFalse();
    }

    @Test
    void stopsWaitingWhenInterrupted() {
        this.gate.pause(Duration.ofHours(1), "Busy");
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> this.gate.await(Duration.ofHours(2)));
    }

    @Test
    void defersWhatIsBeyondTheConfiguredLimit() throws Exception {
        ProviderGate limited = new ProviderGate(this.clock, new RateLimit(2, null));
        limited.await(Duration.ZERO);
        assertThat(limited.begin()).isNotNull();
        assertThat(limited.begin()).isNotNull();
        assertThat(limited.begin()).isNull();
        assertThat(limited.isOpen()).isTrue();
        assertThat(limited.deferred().retryAfter()).isGreaterThanOrEqualTo(CallRate.MINUTE);
        assertThat(limited.deferred().reason()).isEqualTo("The limit of calls a minute is reached");
        this.clock.advance(CallRate.MINUTE);
        assertThat(limited.begin()).isNotNull();
    }

    @Test
    void defersWhatIsBeyondTheConfiguredTokens() {
        ProviderGate limited = new ProviderGate(this.clock, new RateLimit(null, 100));
        Instant start = Objects.requireNonNull(limited.begin());
        limited.used(60);
        limited.end(start);
        assertThat(limited.begin()).isNull();
        this.clock.advance(CallRate.MINUTE);
        assertThat(limited.begin()).isNotNull();
    }

    @Test
    void halvesTheCallsInFlightByARefusalAndAddsToThemByEachSuccess() {
        List<Instant> starts = IntStream.range(0, 8)
            .mapToObj((call) -> Objects.requireNonNull(this.gate.begin()))
            .toList();
        this.gate.pause(Duration.ofSeconds(10), "Busy");
        starts.forEach(this.gate::end);
        this.clock.advance(Duration.ofMinutes(2));
        assertThat(begun()).isEqualTo(4);
        IntStream.range(0, 5).forEach((call) -> this.gate.succeeded(this.clock.instant()));
        assertThat(begun()).isEqualTo(1);
    }

    private long begun() {
        return Stream.generate(this.gate::begin).limit(100).takeWhile(Objects::nonNull).count();
    }

    private long closedByOutage() {
        this.gate.outage("Down");
        long seconds = 0;
        while (!this.gate.isOpen()) {
            this.clock.advance(Duration.ofSeconds(1));
            seconds++;
        }
        return seconds;
    }

    private static final class SteppedClock extends Clock {

        private Instant now = Instant.parse("2026-11-24T09:30:00Z");

        void advance(Duration step) {
            this.now = this.now.plus(step);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return this.now;
        }

    }

}
