package dev.jobprocessor.worker.broker;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Propagates the trace of the request that submitted a job from message to message. */
@Component
public class MessageTraces {

    private static final String PARENT = "traceparent";

    private final Tracer tracer;

    private final Propagator propagator;

    MessageTraces(Tracer tracer, Propagator propagator) {
        this.tracer = tracer;
        this.propagator = propagator;
    }

    /** The trace headers of a message that is published now. */
    Map<String, Object> headers() {
        Map<String, Object> headers = new HashMap<>();
        Span span = this.tracer.currentSpan();
        if (span != null) {
            this.propagator.inject(span.context(), headers, (carrier, name, value) -> headers.put(name, value));
        }
        return headers;
    }

    /** W3C's header of the current trace; null outside of one. */
    public @Nullable String parent() {
        return (headers().get(PARENT) instanceof String parent) ? parent : null;
    }

    /** Handles each delivery in a span of the trace in its headers, or of a new trace. */
    Consumer<Delivery> continued(JobQueue queue, Consumer<Delivery> handler) {
        return (delivery) -> {
            Span span = start(queue.queueName(), delivery);
            try (Tracer.SpanInScope ignored = this.tracer.withSpan(span)) {
                handler.accept(delivery);
            }
            finally {
                span.end();
            }
        };
    }

    private Span start(String queue, Delivery delivery) {
        return this.propagator.extract(delivery, Delivery::header)
            .kind(Span.Kind.CONSUMER)
            .name("process " + queue)
            .tag("messaging.system", "rabbitmq")
            .tag("messaging.destination.name", queue)
            .start();
    }

}
