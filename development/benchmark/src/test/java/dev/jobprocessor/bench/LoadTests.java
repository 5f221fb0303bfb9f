package dev.jobprocessor.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class LoadTests {

    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void closedLoopMakesTheGivenNumberOfCalls() throws Exception {
        Load load = new Load(4).closed(Load.times(100), client(this.calls::incrementAndGet));
        assertThat(this.calls).hasValue(100);
        assertThat(load.latencies().count()).isEqualTo(100);
        assertThat(load.perSecond()).isPositive();
    }

    @Test
    void openLoopMakesItsRate() throws Exception {
        Load load = new Load(2).open(100, Duration.ofSeconds(1), client(this.calls::incrementAndGet));
        assertThat(this.calls).hasValue(100);
        assertThat(load.perSecond()).isLessThan(110);
    }

    /** Else one that stalls would hide how late all others are (coordinated omission). */
    @Test
    void openLoopCountsTheWaitForACallThatStalls() throws Exception {
        Load load = new Load(1).open(100, Duration.ofSeconds(1), client(() -> stallOnce(Duration.ofSeconds(1))));
        assertThat(load.latencies().milliseconds(50)).isGreaterThan(400);
    }

    @Test
    void failedCallSpoilsTheFigure() {
        Load load = new Load(2);
        assertThatIllegalStateException().isThrownBy(() -> load.closed(Load.times(3), client(() -> {
            throw new IllegalArgumentException("503");
        }))).withRootCauseInstanceOf(IllegalArgumentException.class);
    }

    private void stallOnce(Duration time) {
        if (this.calls.getAndIncrement() == 0) {
            long end = System.nanoTime() + time.toNanos();
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        }
    }

    private static Load.Client client(Runnable call) {
        return () -> new Load.Call() {
            @Override
            public void run() {
                call.run();
            }

            @Override
            public void close() {
            }
        };
    }

}
