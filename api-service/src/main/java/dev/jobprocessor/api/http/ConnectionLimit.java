package dev.jobprocessor.api.http;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Accepts no more connections than a quarter of the heap bears while each client sends
 * half a header; further ones wait in the queue of the operating system.
 */
@Component
class ConnectionLimit implements WebServerFactoryCustomizer<JettyServletWebServerFactory> {

    /** What the server holds of a connection, beside the request that is served on it. */
    static final int CONNECTION_BYTES = 64 * 1024;

    private final long heapBytes;

    @Autowired
    ConnectionLimit() {
        this(Runtime.getRuntime().maxMemory());
    }

    ConnectionLimit(long heapBytes) {
        this.heapBytes = heapBytes;
    }

    @Override
    public void customize(JettyServletWebServerFactory factory) {
        factory.setMaxConnections(Math.min(factory.getMaxConnections(), limit()));
    }

    private int limit() {
        return (int) Math.clamp(this.heapBytes / 4 / CONNECTION_BYTES, 1, Integer.MAX_VALUE);
    }

}
