package dev.jobprocessor.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Answers each byte with the same, and remembers it. */
final class EchoServer implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    private final BlockingQueue<Integer> answered = new LinkedBlockingQueue<>();

    private final Thread accepting;

    EchoServer() throws IOException {
        this.accepting = Thread.startVirtualThread(this::accept);
    }

    int port() {
        return this.socket.getLocalPort();
    }

    /** Waits for the next byte that was answered. */
    int nextAnswered() throws InterruptedException {
        return this.answered.take();
    }

    boolean hasAnswered() {
        return !this.answered.isEmpty();
    }

    /**
     * Returns when nobody waits for a connection any more: until then, one more is taken.
     */
    @Override
    public void close() throws IOException {
        this.socket.close();
        try {
            this.accepting.join();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = this.socket.accept();
                Thread.startVirtualThread(() -> echo(client));
            }
        }
        catch (IOException ex) {
            // closed
        }
    }

    private void echo(Socket client) {
        try (client) {
            for (int b = client.getInputStream().read(); b >= 0; b = client.getInputStream().read()) {
                client.getOutputStream().write(b);
                this.answered.add(b);
            }
        }
        catch (IOException ex) {
            // cut
        }
    }

}
