package dev.jobprocessor.api.live;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings {@code sockets.*}.
 *
 * @param max how many WebSockets may be open at the same time, at least 1
 * @param memory how much of the heap the frames may take that are sent to all of them or
 * wait to be sent; where it is absent, a quarter of the heap
 */
@ConfigurationProperties("sockets")
record SocketSettings(@DefaultValue("1000") int max, @Nullable DataSize memory) {

    /** A frame is held as text and as bytes, and others wait behind it. */
    private static final int COPIES = 8;

    private static final int LEAST_CHARACTERS = 8 * 1024;

    private static final int LEAST_BUFFER = 16 * 1024;

    private static final int MOST_BUFFER = 512 * 1024;

    SocketSettings {
        if (max < 1) {
            throw new IllegalArgumentException("sockets.max is at least 1");
        }
        memory = (memory != null) ? memory : DataSize.ofBytes(Runtime.getRuntime().maxMemory() / 4);
    }

    /**
     * How many characters a frame may have that is sent to so many sockets at the same
     * time.
     */
    int frameCharacters(int open) {
        return Math.clamp(share(open) / COPIES, LEAST_CHARACTERS, PendingUpdates.MAX_CHARACTERS);
    }

    /** How many bytes may wait for one socket, when all are open, before it is cut. */
    int sendBufferBytes() {
        return Math.clamp(share(this.max) / (COPIES / 2), LEAST_BUFFER, MOST_BUFFER);
    }

    private long share(int sockets) {
        return ((this.memory != null) ? this.memory.toBytes() : 0) / Math.max(1, sockets);
    }

}
