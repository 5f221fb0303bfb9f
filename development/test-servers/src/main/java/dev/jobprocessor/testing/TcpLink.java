package dev.jobprocessor.testing;

import java.io.IOException;
import java.net.Socket;
import java.util.List;

/** A client's connection and the server's connection that belongs to it. */
final class TcpLink {

    private final Socket client;

    private final Socket server;

    private final List<TcpPump> pumps;

    TcpLink(Socket client, Socket server, TcpTraffic traffic) {
        this.client = client;
        this.server = server;
        this.pumps = List.of(new TcpPump(client, server, false, traffic), new TcpPump(server, client, true, traffic));
    }

    void start() {
        this.pumps.forEach((pump) -> Thread.startVirtualThread(() -> {
            pump.run();
            close();
        }));
    }

    void become(TcpTraffic traffic) {
        this.pumps.forEach((pump) -> pump.become(traffic));
    }

    boolean isClosed() {
        return this.client.isClosed();
    }

    void close() {
        close(this.client);
        close(this.server);
        become(TcpTraffic.FLOWS);
    }

    static void close(Socket socket) {
        try {
            socket.close();
        }
        catch (IOException ex) {
            // it is of no use any more either way
        }
    }

}
