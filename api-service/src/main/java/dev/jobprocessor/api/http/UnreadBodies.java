package dev.jobprocessor.api.http;

import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads what is left of a body that was refused: otherwise the client would see a cut
 * connection instead of the response. One that awaits 100 Continue sends none.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnreadBodies extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(UnreadBodies.class);

    private static final long MOST_BYTES = DataSize.ofMegabytes(64).toBytes();

    /** What all requests write to, and nobody reads: few have anything left. */
    private static final byte[] DROPPED = new byte[8 * 1024];

    private final Duration timeout;

    UnreadBodies(RequestSettings settings) {
        this.timeout = settings.bodyTimeout();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.EXPECT) != null || request.getContentLengthLong() == 0;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long begin = System.nanoTime();
        chain.doFilter(request, response);
        if (!request.isAsyncStarted()) {
            try {
                read(request.getInputStream(), begin);
            }
            catch (IOException ex) {
                log.debug("The client did not send all of its body", ex);
            }
        }
    }

    private void read(ServletInputStream body, long begin) throws IOException {
        long left = MOST_BYTES;
        while (!body.isFinished() && left > 0 && System.nanoTime() - begin < this.timeout.toNanos()) {
            left -= Math.max(0, body.read(DROPPED));
        }
    }

}
