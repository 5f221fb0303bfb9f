package dev.jobprocessor.api.access;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

class AccessConfigurationTests {

    @ParameterizedTest
    @CsvSource({ "127.0.0.1, 127.0.0.1, true", "[0:0:0:0:0:0:0:1], [0:0:0:0:0:0:0:1], true",
            "10.1.2.3, 10.1.2.4, false", "10.1.2.3, 127.0.0.1, false" })
    void knowsCallsOfThisMachineByTheAddressTheyConnectedTo(String local, String remote, boolean known) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setLocalAddr(local);
        request.setRemoteAddr(remote);

        assertThat(AccessConfiguration.isByLoopback(request)).isEqualTo(known);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none",
            value = { "none, false", "Basic YTpi, false", "Bearer jp_a, true", "bearer jp_a, true", "Bearer, true" })
    void knowsCallsWithAToken(String authorization, boolean known) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        if (authorization != null) {
            request.addHeader("Authorization", authorization);
        }

        assertThat(AccessConfiguration.hasToken(request)).isEqualTo(known);
    }

}
