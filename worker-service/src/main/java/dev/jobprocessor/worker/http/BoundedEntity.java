package dev.jobprocessor.worker.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** A response's body that is read before its call's deadline or not at all. */
final class BoundedEntity extends HttpEntityWrapper {

    private final CallDeadline deadline;

    BoundedEntity(HttpEntity entity, CallDeadline deadline) {
        super(entity);
        this.deadline = deadline;
    }

    @Override
    public InputStream getContent() throws IOException {
        return new Content(super.getContent());
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        }
        finally {
            this.deadline.end();
        }
    }

    private final class Content extends FilterInputStream {

        Content(InputStream content) {
            super(content);
        }

        @Override
        public int read() throws IOException {
            try {
                return this.in.read();
            }
            catch (IOException | RuntimeException ex) {
                BoundedEntity.this.deadline.throwIfMissed(ex);
                throw ex;
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return this.in.read(bytes, offset, length);
            }
            catch (IOException | RuntimeException ex) {
                BoundedEntity.this.deadline.throwIfMissed(ex);
                throw ex;
            }
        }

    }

}
