package dev.jobprocessor.api;

import java.util.Set;

import dev.jobprocessor.testing.AbstractSettingsTests;

class SettingsTests extends AbstractSettingsTests {

    SettingsTests() {
        super("api", Set.of("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG"));
    }

}
