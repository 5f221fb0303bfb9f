package dev.jobprocessor.api.jobs;

import java.util.HashMap;
import java.util.Map;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** The trace of the current request, which its jobs continue. */
@Component
public class RequestTrace {

    private static final String HEADER = "traceparent";

    private final Tracer tracer;

    private final Propagator propagator;

    RequestTrace(Tracer tracer, Propagator propagator) {
        this.tracer = tracer;
        this.propagator = propagator;
    }

    /**
     * Continues another trace than the request's, until it is closed.
     * @param parent W3C's header; null for none
     */
    public Scope continued(@Nullable String parent) {
        Span span = this.propagator.extract(this, (carrier, name) -> HEADER.equals(name) ? parent : null).start();
        Tracer.SpanInScope scope = this.tracer.withSpan(span);
        return () -> {
            scope.close();
            span.end();
        };
    }

    /** W3C's header, or null outside of a request. */
    public @Nullable String parent() {
        Span span = this.tracer.currentSpan();
        if (span == null) {
            return null;
        }
        Map<String, String> headers = new HashMap<>();
        this.propagator.inject(span.context(), headers, (carrier, name, value) -> headers.put(name, value));
        return headers.get(HEADER);
    }

    /** Until it is closed, lines of the log are part of a trace. */
    public interface Scope extends AutoCloseable {

        @Override
        void close();

    }

}
