package dev.jobprocessor.api.callback;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingRequestWrapper;
import org.springframework.web.util.WebUtils;

/**
 * Keeps the beginning of a callback's body, which may name the job though the rest of it
 * is refused. It is outside of the limits of bodies, which do not let a body be read that
 * is announced to be too large. What verifies the body can have it read again.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class BodyPrefix extends OncePerRequestFilter {

    static final int MAX_BYTES = 64 * 1024;

    /** How long the beginning of a refused body is awaited. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().equals(request.getContextPath() + CallbackController.PATH);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new ReplayedRequest(new ContentCachingRequestWrapper(request, MAX_BYTES)), response);
    }

    /**
     * Returns the first {@value #MAX_BYTES} bytes of a body, or what there is of them;
     * reads what nobody has read yet.
     */
    static byte[] of(HttpServletRequest request) {
        ContentCachingRequestWrapper body = WebUtils.getNativeRequest(request, ContentCachingRequestWrapper.class);
        if (body == null) {
            return new byte[0];
        }
        try {
            readOn(body.getInputStream(), MAX_BYTES - body.getContentAsByteArray().length);
        }
        catch (IOException ex) {
            // The connection broke: what came before is all there is.
        }
        return body.getContentAsByteArray();
    }

    private static void readOn(InputStream body, int bytes) throws IOException {
        long begin = System.nanoTime();
        byte[] buffer = new byte[8 * 1024];
        int missing = bytes;
        while (missing > 0 && System.nanoTime() - begin < TIMEOUT.toNanos()) {
            int count = body.read(buffer, 0, Math.min(missing, buffer.length));
            missing = (count >= 0) ? missing - count : 0;
        }
    }

}
