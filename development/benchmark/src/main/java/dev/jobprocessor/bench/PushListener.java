package dev.jobprocessor.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

import dev.jobprocessor.client.StompClient;

/**
 * One of many dashboards that follow the jobs; notes how late it hears of each change. It
 * looks for two fields in the bytes rather than parse what others measure.
 */
final class PushListener implements AutoCloseable {

    private static final byte[] UPDATED_AT = "\"updatedAt\":\"".getBytes(StandardCharsets.UTF_8);

    private static final byte[] COMPLETED = "\"status\":\"COMPLETED\"".getBytes(StandardCharsets.UTF_8);

    private static final int INSTANT = "2026-01-01T00:00:00.000Z".length();

    private final Latencies latencies;

    private final StompClient client;

    private volatile long completions;

    PushListener(int port, Latencies latencies) throws IOException {
        this.latencies = latencies;
        this.client = StompClient.follow(URI.create("http://127.0.0.1:" + port),
                (frame) -> heard(frame, Instant.now()));
    }

    /** Of how many completions it has heard. */
    long completions() {
        return this.completions;
    }

    /** Why nothing more comes; empty while it does. */
    String end() {
        return this.client.end();
    }

    private void heard(byte[] frame, Instant now) {
        for (int i = 0; i + UPDATED_AT.length + INSTANT <= frame.length; i++) {
            if (isAt(i, frame, COMPLETED)) {
                this.completions++;
            }
            else if (isAt(i, frame, UPDATED_AT)) {
                String at = new String(frame, i + UPDATED_AT.length, INSTANT, StandardCharsets.ISO_8859_1);
                this.latencies.add(Duration.between(Instant.parse(at), now).toNanos());
            }
        }
    }

    private static boolean isAt(int at, byte[] frame, byte[] text) {
        return frame[at] == '"' && Arrays.equals(frame, at, at + text.length, text, 0, text.length);
    }

    @Override
    public void close() throws IOException {
        this.client.close();
    }

}
