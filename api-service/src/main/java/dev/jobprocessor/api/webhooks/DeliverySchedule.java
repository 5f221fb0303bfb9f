package dev.jobprocessor.api.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.DoubleSupplier;

import org.jspecify.annotations.Nullable;

/**
 * When a delivery is attempted again: up to a fifth later than the delays say, so that
 * those that failed together do not come together.
 */
class DeliverySchedule {

    private static final double JITTER = 0.2;

    private final List<Duration> delays;

    private final DoubleSupplier random;

    /**
     * @param random from 0 to 1
     */
    DeliverySchedule(List<Duration> delays, DoubleSupplier random) {
        this.delays = delays;
        this.random = random;
    }

    /**
     * @param attempts how many failed, at least 1
     * @return null where that was the last one
     */
    @Nullable Instant nextAfter(int attempts, Instant now) {
        if (attempts > this.delays.size()) {
            return null;
        }
        Duration delay = this.delays.get(attempts - 1);
        return now.plus(delay).plusMillis(Math.round(delay.toMillis() * JITTER * this.random.getAsDouble()));
    }

}
