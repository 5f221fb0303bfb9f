package dev.jobprocessor.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;

/** The ports of this machine. */
public final class Ports {

    private Ports() {
    }

    /**
     * Makes sure that nothing listens at a port of the loopback interface.
     * @param port the port; 0 for any that is free
     * @return the port
     * @throws CannotStart if something does
     */
    public static int require(int port) {
        return require(Service.LOOPBACK, port);
    }

    /**
     * Makes sure that nothing listens at a port.
     * @param address an IPv4 address of this machine
     * @param port the port; 0 for any that is free
     * @return the port
     * @throws CannotStart if something does, or if this machine has no such address
     */
    static int require(String address, int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, ofThisMachine(address))) {
            return socket.getLocalPort();
        }
        catch (IOException ex) {
            throw new CannotStart(
                    "Port %d is in use: stop what uses it or choose another with -Dport=…".formatted(port));
        }
    }

    private static InetAddress ofThisMachine(String address) throws IOException {
        InetAddress known = InetAddress.getByName(address);
        if (!known.isAnyLocalAddress() && NetworkInterface.getByInetAddress(known) == null) {
            throw new CannotStart("This machine has no address %s: choose another with -Daddress=…".formatted(address));
        }
        return known;
    }

}
