package dev.jobprocessor.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

final class LoopbackPort {

    private LoopbackPort() {
    }

    /** The address of a port on 127.0.0.1. */
    static InetSocketAddress address(int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] { 127, 0, 0, 1 }), port);
        }
        catch (UnknownHostException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /**
     * Fails with a sentence for the user instead of the server's stack trace.
     * @throws IllegalStateException if something listens on the port already
     */
    static void requireFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address(port));
        }
        catch (IOException ex) {
            throw new IllegalStateException("Port " + port + " is already in use on this machine", ex);
        }
    }

}
