package dev.jobprocessor.api.http;

import java.time.Duration;

import dev.jobprocessor.api.http.RequestMemory.Reservation;
import jakarta.servlet.FilterChain;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class RequestLimitTests {

    /** Of which requests have half. */
    private final RequestMemory memory = new RequestMemory(
            new RequestSettings(DataSize.ofMegabytes(1), Duration.ofMinutes(1), Duration.ZERO));

    private final RequestLimit filter = new RequestLimit(this.memory, (request, response, handler, ex) -> {
        response.setStatus(((Overloaded) ex).getStatusCode().value());
        return null;
    });

    @Test
    void takesMemoryForARequestWhileItIsServed() throws Exception {
        get((request, response) -> assertThat(this.memory.requests().usedBytes()).isEqualTo(64 * 1024));
        assertThat(this.memory.requests().usedBytes()).isZero();
    }

    @Test
    void servesTheLastThatFitsInAndRefusesTheNext() throws Exception {
        try (Reservation others = this.memory.requestReservation()) {
            for (int i = 0; i < 7; i++) {
                others.await(RequestLimit.REQUEST_BYTES, Duration.ZERO);
            }
            assertThat(get((request, response) -> {
            }).getStatus()).isEqualTo(200);
            others.await(0, Duration.ZERO);
            assertThat(get((request, response) -> {
                throw new AssertionError("served");
            }).getStatus()).isEqualTo(503);
        }
        assertThat(this.memory.requests().refused()).isOne();
        assertThat(this.memory.requests().usedBytes()).isZero();
    }

    private MockHttpServletResponse get(FilterChain chain) throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        this.filter.doFilter(new MockHttpServletRequest("GET", "/jobs"), response, chain);
        return response;
    }

}
