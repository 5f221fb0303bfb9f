package dev.jobprocessor.api;

import java.util.List;
import java.util.Objects;
import java.util.Set;

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

    /** Each that Spring Boot has, and those of libraries that it knows. */
    @ParameterizedTest
    @ValueSource(strings = { "auditevents", "beans", "caches", "conditions", "configprops", "env", "flyway", "health",
            "heapdump", "httpexchanges", "info", "integrationgraph", "jolokia", "liquibase", "logfile", "loggers",
            "mappings", "metrics", "quartz", "redispatch", "refresh", "restart", "sbom", "scheduledtasks", "sessions",
            "shutdown", "startup", "threaddump" })
    void servesWhatIsNeededOnTheManagementPortAlone(String endpoint) {
        boolean needed = Set.of("health", "redispatch").contains(endpoint);
        assertThat(this.api.manage(HttpMethod.GET, "/actuator/" + endpoint).getStatusCode().value())
            .isEqualTo(!needed ? 404 : endpoint.equals("redispatch") ? 405 : 200);
        for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.POST)) {
            assertThat(this.api.call(method, "/actuator/" + endpoint).getStatusCode().value()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "/actuator", "/actuator/", "/actuator;x/health", "/x/..;/actuator/health",
            "/actuator/health/liveness", "/livez", "/readyz" })
    void servesNoManagementOnThePublicPort(String path) {
        assertThat(this.api.call(HttpMethod.GET, path).getStatusCode().value()).isIn(400, 404);
    }

}
