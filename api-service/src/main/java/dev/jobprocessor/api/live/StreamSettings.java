package dev.jobprocessor.api.live;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code streams.*}.
 *
 * @param max how many streams of events may be open at the same time, 0 for none; where
 * it is absent, 2,000 or one for 1 MiB of the heap, which is a quarter of the connections
 * that it bears
 * @param maxPerCaller how many of them one key or user may have open
 * @param heartbeat after which silence a comment is sent, so that proxies and clients
 * know that the connection is alive; at least 100 ms
 */
@Validated
@ConfigurationProperties("streams")
record StreamSettings(@Nullable Integer max, @DefaultValue("200") int maxPerCaller,
        @DefaultValue("15s") @DurationMin(millis = 100) Duration heartbeat) {

    private static final int ENOUGH = 2000;

    private static final long HEAP_BYTES = 1024 * 1024;

    StreamSettings {
        if (max != null && max < 0 || maxPerCaller < 1) {
            throw new IllegalArgumentException("streams.max is at least 0, streams.max-per-caller at least 1");
        }
    }

    int limit() {
        return (this.max != null) ? this.max
                : (int) Math.clamp(Runtime.getRuntime().maxMemory() / HEAP_BYTES, 1, ENOUGH);
    }

}
