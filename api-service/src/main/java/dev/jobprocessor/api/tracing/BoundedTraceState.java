package dev.jobprocessor.api.tracing;

import java.util.Collection;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import org.jspecify.annotations.Nullable;

/**
 * Reads W3C's trace context without a {@code tracestate} that is longer than the
 * {@value #MAX_LENGTH} characters that everybody must propagate: OpenTelemetry splits it
 * by a pattern whose time grows with the square of its length.
 */
final class BoundedTraceState implements TextMapPropagator {

    static final int MAX_LENGTH = 512;

    private final TextMapPropagator w3c = W3CTraceContextPropagator.getInstance();

    @Override
    public Collection<String> fields() {
        return this.w3c.fields();
    }

    @Override
    public <C> void inject(Context context, @Nullable C carrier, TextMapSetter<C> setter) {
        this.w3c.inject(context, carrier, setter);
    }

    @Override
    public <C> Context extract(Context context, @Nullable C carrier, TextMapGetter<C> getter) {
        return this.w3c.extract(context, carrier, new BoundedGetter<>(getter));
    }

    private record BoundedGetter<C>(TextMapGetter<C> getter) implements TextMapGetter<C> {

        @Override
        public Iterable<String> keys(C carrier) {
            return this.getter.keys(carrier);
        }

        @Override
        public @Nullable String get(@Nullable C carrier, String key) {
            String value = this.getter.get(carrier, key);
            return (value != null && value.length() <= MAX_LENGTH) ? value : null;
        }

    }

}
