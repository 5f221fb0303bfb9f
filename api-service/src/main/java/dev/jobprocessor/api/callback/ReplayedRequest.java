package dev.jobprocessor.api.callback;

import java.io.ByteArrayInputStream;
import java.io.IOException;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/** A request whose body may be verified as a whole before it is read. */
final class ReplayedRequest extends HttpServletRequestWrapper {

    private byte @Nullable [] body;

    ReplayedRequest(HttpServletRequest request) {
        super(request);
    }

    /** Has the body, which was read, be read again. */
    void replay(byte[] body) {
        this.body = body;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return (this.body != null) ? new Replay(new ByteArrayInputStream(this.body)) : super.getInputStream();
    }

    private static final class Replay extends ServletInputStream {

        private final ByteArrayInputStream body;

        Replay(ByteArrayInputStream body) {
            this.body = body;
        }

        @Override
        public int read() {
            return this.body.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return this.body.read(buffer, offset, length);
        }

        @Override
        public boolean isFinished() {
            return this.body.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("The body is read in blocking mode");
        }

    }

}
