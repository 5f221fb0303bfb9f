package dev.jobprocessor.api.tracing;

import java.util.Objects;

import io.micrometer.tracing.exporter.SpanExportingPredicate;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SdkTracerProviderBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the export of spans. */
@Configuration(proxyBeanMethods = false)
class SpanExport {

    /** Without an exporter, spans serve as ids in logs and messages alone. */
    @Bean
    SdkTracerProviderBuilderCustomizer recordOnlyForAnExporter(ObjectProvider<SpanExporter> exporters) {
        return (tracing) -> {
            if (exporters.stream().findAny().isEmpty()) {
                tracing.setSampler(Sampler.alwaysOff());
            }
        };
    }

    @Bean
    ContextPropagators boundedTraceState() {
        return ContextPropagators.create(new BoundedTraceState());
    }

    @Bean
    SpanExportingPredicate neitherProbesNorScrapes() {
        return (span) -> {
            String path = Objects.requireNonNullElse(span.getTags().get("http.url"), "");
            return !path.equals("/health") && !path.startsWith("/actuator");
        };
    }

}
