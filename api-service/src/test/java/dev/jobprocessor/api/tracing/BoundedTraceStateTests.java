package dev.jobprocessor.api.tracing;

import java.util.Map;
import java.util.Objects;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BoundedTraceStateTests {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void readsWhatEverybodyMustPropagate() {
        assertThat(extracted(state(BoundedTraceState.MAX_LENGTH)).getTraceState().get("a")).isEqualTo("1");
    }

    @Test
    void ignoresMore() {
        SpanContext context = extracted(state(BoundedTraceState.MAX_LENGTH + 1));
        assertThat(context.getTraceState().isEmpty()).isTrue();
        assertThat(context.getTraceId()).isEqualTo(TRACE);
    }

    private static String state(int length) {
        String beginning = "a=1,b=" + "v".repeat(250) + ",c=";
        return beginning + "v".repeat(length - beginning.length());
    }

    private static SpanContext extracted(String state) {
        Map<String, String> headers = Map.of("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01", "tracestate",
                state);
        Context context = new BoundedTraceState().extract(Context.root(), headers, new Headers());
        return Span.fromContext(context).getSpanContext();
    }

    private static final class Headers implements TextMapGetter<Map<String, String>> {

        @Override
        public Iterable<String> keys(Map<String, String> headers) {
            return headers.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> headers, String name) {
            return Objects.requireNonNull(headers).get(name);
        }

    }

}
