package dev.jobprocessor.faults;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A browser that follows the jobs over STOMP. */
final class Dashboard implements WebSocket.Listener {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final Pattern ENDED = Pattern
        .compile("\"id\":\"(\\w+)\",\"prompt\":\"[^\"]*\",\"status\":\"COMPLETED\"");

    private static final String CONNECT = "CONNECT\naccept-version:1.2\nheart-beat:0,0\n\n\0";

    private static final String SUBSCRIBE = "SUBSCRIBE\nid:0\ndestination:/topic/jobs\n\n\0";

    /** Every dashboard gets the same bodies: each is read once for all of them. */
    private static final Map<String, List<String>> READ = new ConcurrentHashMap<>();

    private final Set<String> ended = ConcurrentHashMap.newKeySet();

    private final CompletableFuture<Void> connected = new CompletableFuture<>();

    private final StringBuilder frame = new StringBuilder();

    private final WebSocket socket;

    private volatile String end = "";

    private Dashboard(URI api) {
        this.socket = HTTP.newWebSocketBuilder().buildAsync(webSocket(api), this).join();
        this.socket.sendText(CONNECT, true).join();
        this.connected.join();
        this.socket.sendText(SUBSCRIBE, true).join();
    }

    /** Connects, subscribes and reads what it gets. */
    static Dashboard connect(URI api) {
        return new Dashboard(api);
    }

    /** Connects, subscribes, and never reads. */
    static Socket silent(URI api) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(api.getHost(), api.getPort()));
        socket.getOutputStream().write("""
                GET /ws HTTP/1.1\r
                Host: %s\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                \r
                """.formatted(api.getAuthority()).getBytes(UTF_8));
        if (socket.getInputStream().read() != 'H') {
            throw new IOException("No answer to the handshake");
        }
        socket.getOutputStream().write(masked(CONNECT));
        socket.getOutputStream().write(masked(SUBSCRIBE));
        return socket;
    }

    /** A text frame, RFC 6455, section 5.2, with a mask of zeros. */
    private static byte[] masked(String text) {
        byte[] payload = text.getBytes(UTF_8);
        byte[] frame = new byte[6 + payload.length];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | payload.length);
        System.arraycopy(payload, 0, frame, 6, payload.length);
        return frame;
    }

    private static URI webSocket(URI api) {
        return URI.create("ws://%s/ws".formatted(api.getAuthority()));
    }

    /** The jobs that were pushed to it as COMPLETED. */
    Set<String> ended() {
        return this.ended;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence text, boolean last) {
        this.frame.append(text);
        if (last) {
            received(this.frame.toString());
            this.frame.setLength(0);
        }
        return WebSocket.Listener.super.onText(webSocket, text, last);
    }

    private void received(String text) {
        if (text.startsWith("CONNECTED")) {
            this.connected.complete(null);
            return;
        }
        String body = text.substring(text.indexOf("\n\n"));
        this.ended.addAll(READ.computeIfAbsent(body, Dashboard::idsOfEnded));
    }

    private static List<String> idsOfEnded(String body) {
        return ENDED.matcher(body).results().map((MatchResult job) -> job.group(1)).toList();
    }

    /** Empty while it is connected; else why it is not. */
    String end() {
        return this.end;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        this.end = "closed: %d %s".formatted(code, reason);
        return WebSocket.Listener.super.onClose(webSocket, code, reason);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        this.end = "failed: " + error;
    }

    void close() {
        this.socket.abort();
    }

}
