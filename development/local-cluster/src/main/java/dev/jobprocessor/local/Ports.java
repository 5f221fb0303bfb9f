package dev.jobprocessor.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** The ports of this machine's loopback interface. */
public final class Ports {

    private Ports() {
    }

    /**
     * Makes sure that nothing listens at a port.
     * @param port the port; 0 for any that is free
     * @return the port
     * @throws CannotStart if something does
     */
    public static int require(int port) {
        try (ServerSocket socket = bind(port)) {
            return socket.getLocalPort();
        }
        catch (IOException ex) {
            throw new CannotStart(
                    "Port %d is in use: stop what uses it or choose another with -Dport=…".formatted(port));
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }

}
