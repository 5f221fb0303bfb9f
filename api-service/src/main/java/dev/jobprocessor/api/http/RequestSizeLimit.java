package dev.jobprocessor.api.http;

import java.io.IOException;
import java.util.Map;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds what is read of a body, whatever its Content-Length says. Each limit leaves room
 * for the largest valid body even where every character of it is escaped
 * ({@code \\uXXXX}).
 */
@Component
class RequestSizeLimit extends OncePerRequestFilter {

    static final long DEFAULT_BYTES = 64 * 1024;

    private static final Map<String, Long> BYTES = Map.of("/jobs/batch", 32L * 1024 * 1024, "/jobs/webhook/callback",
            8L * 1024 * 1024);

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long limit = BYTES.getOrDefault(request.getRequestURI(), DEFAULT_BYTES);
        chain.doFilter(new LimitedRequest(request, limit), response);
    }

    private static final class LimitedRequest extends HttpServletRequestWrapper {

        private final long limit;

        LimitedRequest(HttpServletRequest request, long limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new LimitedStream(super.getInputStream(), this.limit);
        }

    }

    private static final class LimitedStream extends ServletInputStream {

        private final ServletInputStream stream;

        private final long limit;

        private long read;

        LimitedStream(ServletInputStream stream, long limit) {
            this.stream = stream;
            this.limit = limit;
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

        private void count(int bytes) throws IOException {
            this.read += Math.max(bytes, 0);
            if (this.read > this.limit) {
                throw new RequestTooLarge(this.limit);
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
