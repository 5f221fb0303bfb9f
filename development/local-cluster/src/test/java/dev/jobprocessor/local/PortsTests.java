package dev.jobprocessor.local;

import java.io.IOException;
import java.net.ServerSocket;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PortsTests {

    @Test
    void findsAFreePort() {
        int port = Ports.require(0);
        assertThat(port).isPositive();
        assertThat(Ports.require(port)).isEqualTo(port);
    }

    @Test
    void takesAnyAddressOfThisMachineAndNoOther() {
        assertThat(Ports.require("0.0.0.0", 0)).isPositive();
        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> Ports.require("192.0.2.1", 0))
            .withMessage("This machine has no address 192.0.2.1: choose another with -Daddress=…");
    }

    @Test
    void saysWhichPortIsInUseAndWhatToDo() throws IOException {
        try (ServerSocket other = new ServerSocket(0)) {
            assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> Ports.require(other.getLocalPort()))
                .withMessage("Port %d is in use: stop what uses it or choose another with -Dport=…",
                        other.getLocalPort());
        }
    }

}
