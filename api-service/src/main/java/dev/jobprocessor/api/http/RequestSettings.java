package dev.jobprocessor.api.http;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings {@code requests.*}.
 *
 * @param memory how much of the heap the bodies of requests may take at the same time, at
 * least 1 MB; where it is absent, a quarter of the heap. Jobs in responses may take half
 * as much again, and so may the requests themselves, 64 KiB each
 * @param bodyTimeout how long a client may take to send a body, at least 1 s
 * @param pageTimeout how long a response with jobs waits for memory
 */
@ConfigurationProperties("requests")
record RequestSettings(@Nullable DataSize memory, @DefaultValue("1m") Duration bodyTimeout,
        @DefaultValue("2s") Duration pageTimeout) {

    private static final DataSize LEAST = DataSize.ofMegabytes(1);

    RequestSettings {
        memory = (memory != null) ? memory : DataSize.ofBytes(Runtime.getRuntime().maxMemory() / 4);
        if (memory.compareTo(LEAST) < 0 || bodyTimeout.toSeconds() < 1) {
            throw new IllegalArgumentException("requests.memory is at least 1MB, requests.body-timeout at least 1s");
        }
    }

    long bytes() {
        return (this.memory != null) ? this.memory.toBytes() : 0;
    }

}
