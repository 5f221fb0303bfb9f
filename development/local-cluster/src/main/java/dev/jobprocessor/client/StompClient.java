package dev.jobprocessor.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.function.Consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Follows the jobs as a dashboard does: STOMP 1.2 over a WebSocket (RFC 6455), with no
 * more of either than that takes, since thousands of these run beside the services that
 * are measured.
 */
public final class StompClient implements AutoCloseable {

    private static final String CONNECT = "CONNECT\naccept-version:1.2\nheart-beat:0,0\n\n\0";

    private static final String SUBSCRIBE = "SUBSCRIBE\nid:0\ndestination:/topic/jobs\n\n\0";

    private static final int FINAL_FRAGMENT = 0x80;

    private static final int OPCODE = 0x0F;

    private static final int CLOSE = 0x8;

    private static final int FEW_BYTES = 4096;

    private final Socket socket = new Socket();

    private volatile String end = "";

    private StompClient() {
    }

    /**
     * Connects and subscribes to all changes of jobs.
     * @param messages is given each STOMP frame with its headers, one at a time
     * @throws IOException if the API refuses
     */
    public static StompClient follow(URI api, Consumer<byte[]> messages) throws IOException {
        StompClient client = new StompClient();
        client.upgrade(api);
        DataInputStream in = new DataInputStream(new BufferedInputStream(client.socket.getInputStream()));
        client.requireUpgrade(in);
        client.send(CONNECT);
        message(in);
        client.send(SUBSCRIBE);
        Thread.ofVirtual().start(() -> client.read(in, messages));
        return client;
    }

    /**
     * Connects, subscribes to all changes of jobs, and never reads one.
     * @throws IOException if the API refuses
     */
    public static StompClient silent(URI api) throws IOException {
        StompClient client = new StompClient();
        client.socket.setReceiveBufferSize(FEW_BYTES);
        client.upgrade(api);
        client.requireUpgrade(new DataInputStream(client.socket.getInputStream()));
        client.send(CONNECT);
        client.send(SUBSCRIBE);
        return client;
    }

    /** Empty while it is connected; else why it is not. */
    public String end() {
        return this.end;
    }

    private void upgrade(URI api) throws IOException {
        this.socket.connect(new InetSocketAddress(api.getHost(), api.getPort()));
        this.socket.getOutputStream().write("""
                GET /ws HTTP/1.1\r
                Host: %s\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                \r
                """.formatted(api.getAuthority()).getBytes(UTF_8));
    }

    private void requireUpgrade(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            close();
            throw new IOException("No WebSocket: " + head);
        }
    }

    // Masked with zeros, RFC 6455 section 5.3: this client has nobody to hide from.
    private void send(String text) throws IOException {
        byte[] payload = text.getBytes(UTF_8);
        byte[] frame = new byte[6 + payload.length];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | payload.length);
        System.arraycopy(payload, 0, frame, 6, payload.length);
        this.socket.getOutputStream().write(frame);
    }

    private void read(DataInputStream in, Consumer<byte[]> messages) {
        try {
            while (true) {
                messages.accept(message(in));
            }
        }
        catch (IOException ex) {
            this.end = ex.toString();
        }
    }

    private static byte[] message(DataInputStream in) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int first;
        do {
            first = in.readUnsignedByte();
            byte[] payload = in.readNBytes(length(in));
            if ((first & OPCODE) == CLOSE) {
                throw new IOException("closed by the API: " + new String(payload, UTF_8));
            }
            message.writeBytes(payload);
        }
        while ((first & FINAL_FRAGMENT) == 0);
        return message.toByteArray();
    }

    private static int length(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte();
        return switch (length) {
            case 126 -> in.readUnsignedShort();
            case 127 -> Math.toIntExact(in.readLong());
            default -> length;
        };
    }

    @Override
    public void close() throws IOException {
        this.socket.close();
    }

}
