package dev.jobprocessor.api.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

import dev.jobprocessor.api.http.RequestMemory.Reservation;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds what is read of a body, whatever its Content-Length says, how long that takes,
 * and how much memory all bodies have together. Each size leaves room for the largest
 * valid body even where every character of it is escaped ({@code \\uXXXX}).
 */
@Component
@EnableConfigurationProperties(RequestSettings.class)
@Import(RequestMemory.class)
class RequestSizeLimit extends OncePerRequestFilter {

    static final long DEFAULT_BYTES = RequestMemory.SMALL_BYTES;

    private static final Map<String, Long> BYTES = Map.of("/jobs/batch", 32L * 1024 * 1024, "/jobs/webhook/callback",
            8L * 1024 * 1024, "/jobs/webhook/callbacks", 8L * 1024 * 1024);

    private static final Pattern PROGRESS = Pattern.compile("/jobs/[^/]+/progress");

    private static final long PROGRESS_BYTES = 512 * 1024;

    private final RequestMemory memory;

    private final Duration timeout;

    RequestSizeLimit(RequestMemory memory, RequestSettings settings) {
        this.memory = memory;
        this.timeout = settings.bodyTimeout();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        long limit = BYTES.getOrDefault(path, PROGRESS.matcher(path).matches() ? PROGRESS_BYTES : DEFAULT_BYTES);
        long announced = request.getContentLengthLong();
        try (Reservation reservation = this.memory.reservation((announced >= 0) ? announced : limit)) {
            chain.doFilter(new LimitedRequest(request, limit, reservation), response);
        }
    }

    private final class LimitedRequest extends HttpServletRequestWrapper {

        private final long limit;

        private final Reservation reservation;

        LimitedRequest(HttpServletRequest request, long limit, Reservation reservation) {
            super(request);
            this.limit = limit;
            this.reservation = reservation;
        }

        /** Refuses at once what is announced to be too much. */
        @Override
        public ServletInputStream getInputStream() throws IOException {
            LimitedStream stream = new LimitedStream(super.getInputStream(), this.limit, this.reservation);
            stream.allow(getContentLengthLong());
            return stream;
        }

    }

    private final class LimitedStream extends ServletInputStream {

        private final ServletInputStream stream;

        private final long limit;

        private final Reservation reservation;

        private final long begin = System.nanoTime();

        private long read;

        LimitedStream(ServletInputStream stream, long limit, Reservation reservation) {
            this.stream = stream;
            this.limit = limit;
            this.reservation = reservation;
        }

        void allow(long bytes) throws BodyRefused {
            if (bytes > this.limit) {
                throw BodyRefused.tooLarge(this.limit);
            }
            this.reservation.cover(bytes);
        }

        @Override
        public int read() throws IOException {
            int next = this.stream.read();
            count((next >= 0) ? 1 : 0);
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = this.stream.read(buffer, offset, length);
            count(count);
            return count;
        }

        private void count(int bytes) throws BodyRefused {
            this.read += Math.max(bytes, 0);
            allow(this.read);
            if (System.nanoTime() - this.begin > RequestSizeLimit.this.timeout.toNanos()) {
                throw BodyRefused.tooSlow(RequestSizeLimit.this.timeout);
            }
        }

        @Override
        public boolean isFinished() {
            return this.stream.isFinished();
        }

        @Override
        public boolean isReady() {
            return this.stream.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            this.stream.setReadListener(listener);
        }

    }

}
