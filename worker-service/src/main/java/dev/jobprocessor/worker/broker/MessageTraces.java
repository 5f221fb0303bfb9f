package dev.jobprocessor.worker.broker;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;

import org.springframework.stereotype.Component;

/** Carries the trace of the request that asked for a job from message to message. */
@Component
class MessageTraces {

    private final Tracer tracer;

    private final Propagator propagator;

    MessageTraces(Tracer tracer, Propagator propagator) {
        this.tracer = tracer;
        this.propagator = propagator;
    }

    /** What a message that is published now carries. */
    Map<String, Object> headers() {
        Map<String, Object> headers = new HashMap<>();
        Span span = this.tracer.currentSpan();
        if (span != null) {
            this.propagator.inject(span.context(), headers, (carrier, name, value) -> headers.put(name, value));
        }
        return headers;
    }

    /** Handles each delivery as a part of the trace that it carries, or of a new one. */
    Consumer<Delivery> continued(JobQueue queue, Consumer<Delivery> handler) {
        return (delivery) -> {
            Span span = begin(queue.queueName(), delivery);
            try (Tracer.SpanInScope ignored = this.tracer.withSpan(span)) {
                handler.accept(delivery);
            }
            finally {
                span.end();
            }
        };
    }

    private Span begin(String queue, Delivery delivery) {
        return this.propagator.extract(delivery, Delivery::header)
            .kind(Span.Kind.CONSUMER)
            .name("process " + queue)
            .tag("messaging.system", "rabbitmq")
            .tag("messaging.destination.name", queue)
            .start();
    }

}
