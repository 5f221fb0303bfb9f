package dev.jobprocessor.api.waits;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings {@code waits.*}.
 *
 * @param max how many calls may wait for jobs at the same time, 0 for none; where it is
 * absent, 5,000 or one for 512 KiB of the heap, which is half of the connections that it
 * bears
 */
@ConfigurationProperties("waits")
record WaitSettings(@Nullable Integer max) {

    private static final int ENOUGH = 5000;

    private static final long HEAP_BYTES = 512 * 1024;

    WaitSettings {
        if (max != null && max < 0) {
            throw new IllegalArgumentException("waits.max is at least 0");
        }
    }

    int limit() {
        return (this.max != null) ? this.max
                : (int) Math.clamp(Runtime.getRuntime().maxMemory() / HEAP_BYTES, 1, ENOUGH);
    }

}
