package dev.jobprocessor.api;

import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

@ApiIntegrationTest
class ManagementIntegrationTests {

    @Autowired
    private ApiClient api;

    @Test
    void exposesProbesMetricsAndRedispatchAndNothingElse() {
        JsonNode endpoints = Objects.requireNonNull(this.api.manage(HttpMethod.GET, "/actuator").getBody());
        assertThat(endpoints.path("_links").propertyNames()).containsExactlyInAnyOrder("self", "health", "health-path",
                "prometheus", "redispatch");
        JsonNode health = Objects.requireNonNull(this.api.manage(HttpMethod.GET, "/actuator/health").getBody());
        assertThat(health.propertyNames()).containsExactlyInAnyOrder("status", "groups");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/actuator", "/actuator/health", "/actuator/prometheus", "/actuator/redispatch" })
    void servesNoManagementOnThePublicPort(String path) {
        assertThat(this.api.call(HttpMethod.GET, path).getStatusCode().value()).isEqualTo(404);
    }

}
