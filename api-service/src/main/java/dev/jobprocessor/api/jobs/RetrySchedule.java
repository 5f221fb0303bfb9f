package dev.jobprocessor.api.jobs;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * A job's {@link RetryPolicy}, completed by the {@link RetrySettings}.
 *
 * @param maxAttempts tries with the first one
 */
record RetrySchedule(int maxAttempts, boolean exponential, Duration delay, Duration maxDelay) {

    static RetrySchedule of(@Nullable RetryPolicy policy, RetrySettings settings) {
        if (policy == null) {
            return new RetrySchedule(settings.maxAttempts(), isExponential(settings.backoff()), settings.delay(),
                    settings.maxDelay());
        }
        Duration delay = seconds(policy.delaySeconds(), settings.delay());
        Duration maxDelay = seconds(policy.maxDelaySeconds(), settings.maxDelay());
        return new RetrySchedule(Objects.requireNonNullElse(policy.maxAttempts(), settings.maxAttempts()),
                isExponential(Objects.requireNonNullElse(policy.backoff(), settings.backoff())),
                (policy.delaySeconds() != null) ? delay : min(delay, maxDelay),
                (policy.maxDelaySeconds() != null) ? maxDelay : max(delay, maxDelay));
    }

    private static boolean isExponential(String backoff) {
        return backoff.equals(RetryPolicy.EXPONENTIAL);
    }

    private static Duration seconds(@Nullable Integer seconds, Duration otherwise) {
        return (seconds != null) ? Duration.ofSeconds(seconds) : otherwise;
    }

    private static Duration min(Duration one, Duration other) {
        return (one.compareTo(other) < 0) ? one : other;
    }

    private static Duration max(Duration one, Duration other) {
        return (one.compareTo(other) > 0) ? one : other;
    }

    boolean allowsAnother(int tries) {
        return tries < this.maxAttempts;
    }

    /**
     * How long to wait after so many failures: with full jitter, so that jobs that failed
     * together are not tried together.
     * @param failures 1 or more
     */
    Duration delayAfter(int failures) {
        return this.exponential ? Duration.ofMillis(ThreadLocalRandom.current().nextLong(bound(failures) + 1))
                : this.delay;
    }

    private long bound(int failures) {
        return min(this.delay.multipliedBy(1L << Math.min(failures - 1, RetryPolicy.MAX_ATTEMPTS)), this.maxDelay)
            .toMillis();
    }

}
