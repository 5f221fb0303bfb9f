package dev.jobprocessor.worker.processing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.exc.StreamConstraintsException;

/** Reads the data of server-sent events one after the other, and nothing else of them. */
final class EventData {

    /** Bytes of the data of an event; of a line that is none, too. */
    static final int MAX_EVENT = 1024 * 1024;

    /** Bytes of all events: of a result of the greatest length, a word each. */
    private static final long MAX_STREAM = 256L * 1024 * 1024;

    private static final byte[] DATA = { 'd', 'a', 't', 'a', ':' };

    private final InputStream body;

    private final long max;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private long read;

    private boolean afterReturn;

    EventData(InputStream body) {
        this(body, MAX_STREAM);
    }

    EventData(InputStream body, long max) {
        this.body = new BufferedInputStream(body);
        this.max = max;
    }

    /**
     * Reads the next event.
     * @return its data; null at the end
     * @throws StreamConstraintsException if it is too long, or all of them are
     */
    byte @Nullable [] next() throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (byte[] line = line(); line != null; line = line()) {
            if (line.length == 0 && data.size() > 0) {
                return data.toByteArray();
            }
            if (isData(line)) {
                append(data, line);
            }
        }
        return (data.size() > 0) ? data.toByteArray() : null;
    }

    private static boolean isData(byte[] line) {
        return line.length >= DATA.length && Arrays.equals(line, 0, DATA.length, DATA, 0, DATA.length);
    }

    private static void append(ByteArrayOutputStream data, byte[] line) {
        if (data.size() > 0) {
            data.write('\n');
        }
        int start = (line.length > DATA.length && line[DATA.length] == ' ') ? DATA.length + 1 : DATA.length;
        data.write(line, start, line.length - start);
        if (data.size() > MAX_EVENT) {
            throw tooLong();
        }
    }

    /** Lines end with a carriage return, a line feed, or both. */
    private byte @Nullable [] line() throws IOException {
        this.line.reset();
        int next = read();
        if (next == '\n' && this.afterReturn) {
            next = read();
        }
        this.afterReturn = false;
        if (next == -1) {
            return null;
        }
        while (next != '\n' && next != '\r' && next != -1) {
            this.line.write(next);
            if (this.line.size() > MAX_EVENT) {
                throw tooLong();
            }
            next = read();
        }
        this.afterReturn = next == '\r';
        return this.line.toByteArray();
    }

    private int read() throws IOException {
        if (++this.read > this.max) {
            throw tooLong();
        }
        return this.body.read();
    }

    private static StreamConstraintsException tooLong() {
        return new StreamConstraintsException("The stream is longer than it may be");
    }

}
