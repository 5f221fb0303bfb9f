package dev.jobprocessor.worker;

import java.util.Set;

import dev.jobprocessor.testing.AbstractSettingsTests;

class SettingsTests extends AbstractSettingsTests {

    SettingsTests() {
        super("worker", Set.of("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG",
                "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"));
    }

}
