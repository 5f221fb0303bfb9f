package dev.jobprocessor.api.http;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.jobprocessor.api.http.RequestMemory.Reservation;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Bounds the memory of the jobs that are read at the same time, in pages or one by one: a
 * response waits until there is enough for the largest of its kind, and has what it
 * really takes from when it is written until the client has read it. The page without
 * filters, which all dashboards poll, is shared by them and not counted.
 */
@Component
class ResponseMemory extends ReservingFilter {

    /**
     * A prompt, the part of a result that lists show, and an error, of which most are
     * less.
     */
    static final int JOB_BYTES = 32 * 1024;

    /** A job with its whole result, or output: as a document, as text, and as JSON. */
    static final int WHOLE_JOB_BYTES = 4 * 1024 * 1024;

    private static final int DEFAULT_LIMIT = 100;

    private static final Pattern WHOLE_JOB = Pattern.compile("/jobs/(?!(?:stats|export)$)[^/]+(?:/output)?");

    private static final Pattern LIMIT = Pattern.compile("(?:^|&)limit=(\\d{1,3})(?:&|$)");

    private final RequestMemory memory;

    ResponseMemory(RequestMemory memory, RequestSettings settings,
            @Lazy @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        super(settings.pageTimeout(), "There is no memory for this response beside the others, please try again.",
                problems);
        this.memory = memory;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("GET") || bytes(request) == 0;
    }

    /** A call that waited for its job reads it then. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    Reservation reservation() {
        return this.memory.responseReservation();
    }

    @Override
    HttpServletResponse counted(HttpServletResponse response, Reservation reservation) {
        return new CountedResponse(response, reservation);
    }

    /** The most that the response may take; 0 where it is not counted. */
    @Override
    long bytes(HttpServletRequest request) {
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

        private final Reservation reservation;

        CountedResponse(HttpServletResponse response, Reservation reservation) {
            super(response);
            this.reservation = reservation;
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            return new CountedStream(super.getOutputStream(), this.reservation);
        }

    }

    /** A response is written at once. */
    private static final class CountedStream extends ServletOutputStream {

        private final ServletOutputStream stream;

        private final Reservation reservation;

        CountedStream(ServletOutputStream stream, Reservation reservation) {
            this.stream = stream;
            this.reservation = reservation;
        }

        @Override
        public void write(int next) throws IOException {
            this.stream.write(next);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            this.reservation.shrink(bytes.length);
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
