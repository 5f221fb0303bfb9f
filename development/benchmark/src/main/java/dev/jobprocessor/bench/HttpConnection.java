package dev.jobprocessor.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connection to the API that is kept open, and opened again where the API closes it. It
 * does no more than the API's responses need: on a small machine, what the generator uses
 * the product lacks.
 */
final class HttpConnection implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    private static final int TIMEOUT = 60_000;

    private final int port;

    private Socket socket;

    private InputStream in;

    HttpConnection(int port) throws IOException {
        this.port = port;
        this.socket = connect(port);
        this.in = new BufferedInputStream(this.socket.getInputStream(), BUFFER);
    }

    /** A client that sends one request again and again. */
    static Load.Client client(int port, byte[] request, int status) {
        return () -> {
            HttpConnection connection = new HttpConnection(port);
            return new Load.Call() {
                @Override
                public void run() throws IOException {
                    connection.exchange(request).require(status);
                }

                @Override
                public void close() throws IOException {
                    connection.close();
                }
            };
        };
    }

    static byte[] get(String path, String... headers) {
        return request("GET %s HTTP/1.1\r\nHost: localhost\r\n".formatted(path), headers, "");
    }

    static byte[] post(String path, String json, String... headers) {
        int length = json.getBytes(StandardCharsets.UTF_8).length;
        String start = "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n";
        return request(start.formatted(path, length), headers, json);
    }

    private static byte[] request(String start, String[] headers, String body) {
        StringBuilder request = new StringBuilder(start);
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return request.append("\r\n").append(body).toString().getBytes(StandardCharsets.UTF_8);
    }

    Response exchange(byte[] request) throws IOException {
        if (this.socket.isClosed()) {
            this.socket = connect(this.port);
            this.in = new BufferedInputStream(this.socket.getInputStream(), BUFFER);
        }
        this.socket.getOutputStream().write(request);
        int status = Integer.parseInt(line().split(" ")[1]);
        String etag = "";
        int length = 0;
        boolean last = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String value = header.substring(header.indexOf(':') + 1).strip();
            switch (header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT)) {
                case "content-length" -> length = Integer.parseInt(value);
                case "transfer-encoding" -> length = -1;
                case "connection" -> last = value.equalsIgnoreCase("close");
                case "etag" -> etag = value;
                default -> {
                }
            }
        }
        byte[] body = (length < 0) ? chunks() : this.in.readNBytes(length);
        if (last) {
            close();
        }
        return new Response(status, etag, body);
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT);
        return socket;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            all.write(this.in.readNBytes(size));
            line();
        }
        line();
        return all.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = this.in.read(); next != '\n'; next = this.in.read()) {
            if (next < 0) {
                throw new EOFException("The API closed the connection");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        this.socket.close();
    }

    record Response(int status, String etag, byte[] body) {

        String text() {
            return new String(this.body, StandardCharsets.UTF_8);
        }

        /** The first group of the pattern where it is first found. */
        String find(Pattern pattern) throws IOException {
            Matcher found = pattern.matcher(text());
            if (!found.find()) {
                throw new IOException("Status %d without %s: %s".formatted(this.status, pattern, text()));
            }
            return found.group(1);
        }

        void require(int expected) throws IOException {
            if (this.status != expected) {
                throw new IOException("Status %d instead of %d: %s".formatted(this.status, expected, text()));
            }
        }

    }

}
