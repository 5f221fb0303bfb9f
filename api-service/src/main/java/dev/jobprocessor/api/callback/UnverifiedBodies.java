package dev.jobprocessor.api.callback;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.function.ToIntFunction;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/**
 * Bounds what callers who are not authenticated yet can have buffered: a signature is
 * verified over the whole body. Each has {@value #MAX_BYTES} bytes at most, all of them
 * together four times as much, so that they take little of the memory for the bodies of
 * requests, whoever sends them.
 */
class UnverifiedBodies {

    static final int MAX_BYTES = 2 * 1024 * 1024;

    private static final int TOTAL_BYTES = 4 * MAX_BYTES;

    private final Semaphore free = new Semaphore(TOTAL_BYTES);

    /**
     * Reads a body and verifies it.
     * @param verification of the body's text
     * @return its result, or -1 if the body is too large
     * @throws TooMany if others have the memory
     * @throws IOException if the body is refused, or its connection broke
     */
    int read(HttpServletRequest request, ToIntFunction<String> verification) throws IOException {
        int reserved = bytes(request);
        if (!this.free.tryAcquire(reserved)) {
            throw new TooMany();
        }
        try {
            byte[] body = request.getInputStream().readNBytes(MAX_BYTES + 1);
            return (body.length <= MAX_BYTES) ? verification.applyAsInt(new String(body, StandardCharsets.UTF_8)) : -1;
        }
        finally {
            this.free.release(reserved);
        }
    }

    /** The most where no length is announced. */
    private static int bytes(HttpServletRequest request) {
        long announced = request.getContentLengthLong();
        return (announced >= 0) ? (int) Math.min(announced, MAX_BYTES) : MAX_BYTES;
    }

    /** Returned as 503. */
    static class TooMany extends ErrorResponseException {

        private static final String RETRY_AFTER_SECONDS = "2";

        TooMany() {
            super(HttpStatus.SERVICE_UNAVAILABLE);
            setType(URI.create("urn:job-processor:overloaded"));
            setDetail("As many signed bodies are verified as this instance bears, please try again.");
            getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }

    }

}
