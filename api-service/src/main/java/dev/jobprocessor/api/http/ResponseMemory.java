package dev.jobprocessor.api.http;

import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.jobprocessor.api.http.RequestMemory.Reservation;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Bounds the memory of the jobs that are read at the same time, in pages or one by one: a
 * response waits until there is enough for the largest of its kind, and has what it
 * really takes from when it is written until the client has read it. The page without
 * filters, which all dashboards poll, is shared by them and not counted.
 */
@Component
class ResponseMemory extends OncePerRequestFilter {

    /**
     * A prompt, the part of a result that lists show, and an error, of which most are
     * less.
     */
    static final int JOB_BYTES = 32 * 1024;

    /** A job with its whole result: as a document, as text, and as JSON. */
    static final int WHOLE_JOB_BYTES = 4 * 1024 * 1024;

    private static final int DEFAULT_LIMIT = 100;

    private static final Pattern WHOLE_JOB = Pattern.compile("/jobs/(?!stats$)[^/]+");

    private static final Pattern LIMIT = Pattern.compile("(?:^|&)limit=(\\d{1,3})(?:&|$)");

    private final RequestMemory memory;

    private final Duration timeout;

    private final HandlerExceptionResolver problems;

    ResponseMemory(RequestMemory memory, RequestSettings settings,
            @Lazy @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.memory = memory;
        this.timeout = settings.pageTimeout();
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("GET") || bytes(request) == 0;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try (Reservation page = this.memory.responseReservation()) {
            if (page.await(bytes(request), this.timeout)) {
                chain.doFilter(request, new CountedResponse(response, page));
            }
            else {
                refuse(request, response);
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            refuse(request, response);
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response) {
        this.problems.resolveException(request, response, null,
                new Overloaded("There is no memory for this response beside the others, please try again."));
    }

    /** The most that the response may take; 0 where it is not counted. */
    private static long bytes(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (WHOLE_JOB.matcher(path).matches()) {
            return WHOLE_JOB_BYTES;
        }
        String query = request.getQueryString();
        return (query != null && path.equals("/jobs")) ? (long) limit(query) * JOB_BYTES : 0;
    }

    private static int limit(String query) {
        Matcher limit = LIMIT.matcher(query);
        return limit.find() ? Integer.parseInt(limit.group(1)) : DEFAULT_LIMIT;
    }

    private static final class CountedResponse extends HttpServletResponseWrapper {

        private final Reservation page;

        CountedResponse(HttpServletResponse response, Reservation page) {
            super(response);
            this.page = page;
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            return new CountedStream(super.getOutputStream(), this.page);
        }

    }

    /** A response is written at once. */
    private static final class CountedStream extends ServletOutputStream {

        private final ServletOutputStream stream;

        private final Reservation page;

        CountedStream(ServletOutputStream stream, Reservation page) {
            this.stream = stream;
            this.page = page;
        }

        @Override
        public void write(int next) throws IOException {
            this.stream.write(next);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            this.page.shrink(bytes.length);
            this.stream.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            this.stream.flush();
        }

        @Override
        public void close() throws IOException {
            this.stream.close();
        }

        @Override
        public boolean isReady() {
            return this.stream.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            this.stream.setWriteListener(listener);
        }

    }

}
