package dev.jobprocessor.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a server and misbehaves on demand. Each method returns when
 * what it asks for is in force.
 */
public final class TcpProxy implements AutoCloseable {

    private final String targetHost;

    private final int targetPort;

    private final InetSocketAddress address;

    private final List<TcpLink> links = new ArrayList<>();

    private TcpTraffic traffic = TcpTraffic.FLOWS;

    private @Nullable ServerSocket listening;

    private @Nullable Thread accepting;

    private @Nullable Socket reservation;

    private TcpProxy(String targetHost, int targetPort, ServerSocket listening) {
        this.targetHost = targetHost;
        this.targetPort = targetPort;
        this.address = (InetSocketAddress) listening.getLocalSocketAddress();
        acceptFrom(listening);
    }

    /**
     * Listens on a free port of 127.0.0.1.
     * @param targetHost the server's host
     * @param targetPort the server's port
     */
    public static TcpProxy to(String targetHost, int targetPort) {
        return new TcpProxy(targetHost, targetPort, listen(new InetSocketAddress("127.0.0.1", 0)));
    }

    public String host() {
        return this.address.getHostString();
    }

    public int port() {
        return this.address.getPort();
    }

    /** Cuts all connections and refuses new ones until {@link #resume()}. */
    public synchronized void refuse() {
        stopListening();
        cut();
        if (this.reservation == null) {
            this.reservation = reserve();
        }
    }

    /** Cuts the connections there are; new ones are served, and behave. */
    public synchronized void cut() {
        this.traffic = TcpTraffic.FLOWS;
        this.links.forEach(TcpLink::close);
        this.links.clear();
    }

    /** Passes on what clients say and drops what the server answers. */
    public void swallowAnswers() {
        become(TcpTraffic.ANSWERS_SWALLOWED);
    }

    /** Holds everything back until {@link #resume()}; connections stay. */
    public void stall() {
        become(TcpTraffic.STALLED);
    }

    /** Serves as if nothing had happened. */
    public synchronized void resume() {
        become(TcpTraffic.FLOWS);
        if (this.reservation != null) {
            TcpLink.close(this.reservation);
            this.reservation = null;
            acceptFrom(listen(this.address));
        }
    }

    @Override
    public synchronized void close() {
        stopListening();
        cut();
        if (this.reservation != null) {
            TcpLink.close(this.reservation);
        }
    }

    private synchronized void become(TcpTraffic traffic) {
        this.traffic = traffic;
        this.links.forEach((link) -> link.become(traffic));
    }

    private void acceptFrom(ServerSocket socket) {
        this.listening = socket;
        this.accepting = Thread.startVirtualThread(() -> {
            while (!socket.isClosed()) {
                accept(socket);
            }
        });
    }

    private void accept(ServerSocket socket) {
        try {
            Socket client = socket.accept();
            Thread.startVirtualThread(() -> serve(client, socket));
        }
        catch (IOException ex) {
            // closed: refusing
        }
    }

    private void serve(Socket client, ServerSocket acceptedBy) {
        try {
            Socket server = new Socket(this.targetHost, this.targetPort);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            link(client, server, acceptedBy);
        }
        catch (IOException ex) {
            TcpLink.close(client);
        }
    }

    private synchronized void link(Socket client, Socket server, ServerSocket acceptedBy) {
        TcpLink link = new TcpLink(client, server, this.traffic);
        if (acceptedBy.isClosed()) {
            link.close();
            return;
        }
        this.links.removeIf(TcpLink::isClosed);
        this.links.add(link);
        link.start();
    }

    /** The port is free only once nobody waits for a connection to it any more. */
    private void stopListening() {
        try {
            if (this.listening != null && this.accepting != null) {
                this.listening.close();
                this.accepting.join();
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private static ServerSocket listen(InetSocketAddress address) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(address);
            return socket;
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * A bound socket that does not listen: the system refuses connections, and nobody
     * else gets the port.
     */
    private Socket reserve() {
        try {
            Socket socket = new Socket();
            socket.setReuseAddress(true);
            socket.bind(this.address);
            return socket;
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
