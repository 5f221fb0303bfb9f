package dev.jobprocessor.api.live;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Settings {@code sockets.*}.
 *
 * @param max how many WebSockets may be open at the same time, at least 1; where it is
 * absent, 1,000 or as many as have 96 KiB each of the memory
 * @param memory how much of the heap all sockets may take, with the frames that are sent
 * to them or wait to be sent; where it is absent, a quarter of the heap
 */
@ConfigurationProperties("sockets")
record SocketSettings(@Nullable Integer max, @Nullable DataSize memory) {

    /** What the server and Spring hold for a socket that is silent. */
    static final int SOCKET_BYTES = 64 * 1024;

    private static final int LEAST_BYTES = 96 * 1024;

    private static final int ENOUGH_SOCKETS = 1000;

    /** A frame is held as text and as bytes while it is sent, and another one waits. */
    private static final int COPIES = 4;

    private static final int LEAST_CHARACTERS = 4 * 1024;

    private static final int MOST_CHARACTERS = 128 * 1024;

    private static final int LEAST_BUFFER = 8 * 1024;

    private static final int MOST_BUFFER = 512 * 1024;

    SocketSettings {
        if (max != null && max < 1) {
            throw new IllegalArgumentException("sockets.max is at least 1");
        }
    }

    int limit() {
        return (this.max != null) ? this.max : (int) Math.clamp(bytes() / LEAST_BYTES, 1, ENOUGH_SOCKETS);
    }

    /**
     * How many characters a frame may have that is sent to so many sockets at the same
     * time.
     */
    int frameCharacters(int open) {
        return Math.clamp(share(open) / COPIES, LEAST_CHARACTERS, MOST_CHARACTERS);
    }

    /** How many bytes may wait for one socket, when all are open, before it is cut. */
    int sendBufferBytes() {
        return Math.clamp(share(limit()) / COPIES, LEAST_BUFFER, MOST_BUFFER);
    }

    private long share(int sockets) {
        return bytes() / Math.max(1, sockets) - SOCKET_BYTES;
    }

    private long bytes() {
        return (this.memory != null) ? this.memory.toBytes() : Runtime.getRuntime().maxMemory() / 4;
    }

}
