package dev.jobprocessor.api.callback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UnverifiedBodiesTests {

    private static final int LARGEST = UnverifiedBodies.MAX_BYTES;

    private final UnverifiedBodies bodies = new UnverifiedBodies();

    @Test
    void readsTwoMebibytesAtMost() {
        assertThat(readBeside(0, request(LARGEST))).isEqualTo(LARGEST);
        assertThat(readBeside(0, request(LARGEST + 1))).isEqualTo(-1);
    }

    @Test
    void holdsFourOfTheLargestAtATime() {
        assertThat(readBeside(3, request(LARGEST))).isEqualTo(LARGEST);
        assertThatExceptionOfType(UnverifiedBodies.TooMany.class).isThrownBy(() -> readBeside(4, request(1)))
            .satisfies((ex) -> assertThat(ex.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("2"));
        assertThat(readBeside(3, request(LARGEST))).isEqualTo(LARGEST);
    }

    @Test
    void countsABodyWithoutALengthAsTheLargest() {
        assertThatExceptionOfType(UnverifiedBodies.TooMany.class)
            .isThrownBy(() -> readBeside(3, request(1), withoutLength()));
        assertThat(readBeside(3, withoutLength())).isZero();
    }

    /** Verifies so many of the largest bodies around the others. */
    private int readBeside(int held, HttpServletRequest... others) {
        if (held > 0) {
            return read(request(LARGEST), held - 1, others);
        }
        return read(others[0], 0, Arrays.copyOfRange(others, 1, others.length));
    }

    private int read(HttpServletRequest request, int held, HttpServletRequest... others) {
        try {
            return this.bodies.read(request,
                    (body) -> (held > 0 || others.length > 0) ? readBeside(held, others) : body.length());
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static HttpServletRequest request(int length) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setContent(new byte[length]);
        return request;
    }

    private static HttpServletRequest withoutLength() {
        return new MockHttpServletRequest();
    }

}
