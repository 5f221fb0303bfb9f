package dev.jobprocessor.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * One of many dashboards that follow the jobs: STOMP over a WebSocket, with no more of
 * either than it takes.
 */
final class Dashboard implements AutoCloseable {

    private static final byte[] UPDATED_AT = "\"updatedAt\":\"".getBytes(StandardCharsets.UTF_8);

    private static final byte[] COMPLETED = "\"status\":\"COMPLETED\"".getBytes(StandardCharsets.UTF_8);

    private static final int INSTANT = "2026-01-01T00:00:00.000Z".length();

    private final Socket socket;

    private final DataInputStream in;

    private final Latencies latencies;

    private volatile long completions;

    private volatile String end = "";

    /** Connects and subscribes, and then notes how late each change is heard of. */
    Dashboard(int port, Latencies latencies) throws IOException {
        this.latencies = latencies;
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        this.in = new DataInputStream(new BufferedInputStream(this.socket.getInputStream()));
        upgrade();
        send("CONNECT\naccept-version:1.2\nheart-beat:0,0\n\n\0");
        receive();
        send("SUBSCRIBE\nid:0\ndestination:/topic/jobs\n\n\0");
        Thread.ofVirtual().start(this::follow);
    }

    /** Of how many completions it has heard. */
    long completions() {
        return this.completions;
    }

    /** Why nothing more comes; empty while it does. */
    String end() {
        return this.end;
    }

    private void upgrade() throws IOException {
        this.socket.getOutputStream()
            .write(HttpConnection.get("/ws", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) this.in.readUnsignedByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("No WebSocket: " + head);
        }
    }

    // Masked with zeros, RFC 6455 section 5.3: this client has nobody to hide from.
    private void send(String frame) throws IOException {
        byte[] payload = frame.getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[6 + payload.length];
        all[0] = (byte) 0x81;
        all[1] = (byte) (0x80 | payload.length);
        System.arraycopy(payload, 0, all, 6, payload.length);
        OutputStream out = this.socket.getOutputStream();
        out.write(all);
    }

    private byte[] receive() throws IOException {
        int opcode = this.in.readUnsignedByte() & 0x0F;
        int length = this.in.readUnsignedByte();
        if (length == 126) {
            length = this.in.readUnsignedShort();
        }
        else if (length == 127) {
            length = Math.toIntExact(this.in.readLong());
        }
        byte[] payload = this.in.readNBytes(length);
        if (opcode == 8) {
            throw new IOException("closed by the API: " + new String(payload, StandardCharsets.UTF_8));
        }
        return payload;
    }

    private void follow() {
        try {
            while (true) {
                heard(receive(), Instant.now());
            }
        }
        catch (IOException ex) {
            this.end = ex.toString();
        }
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
        this.socket.close();
    }

}
